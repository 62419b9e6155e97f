import { type ClientHttp2Session, type ClientSessionOptions } from 'node:http2';
import { afterEach } from '@jest/globals';
import { connect } from './grpc-client.ts';
import { type ReceiversUnderTest, startReceivers } from './receivers-under-test.ts';

/** `startReceivers` for a test file: what a test has started is stopped after it. */
export function useReceivers(): typeof startReceivers {
  const running: ReceiversUnderTest[] = [];
  afterEach(async () => {
    for (const receivers of running.splice(0)) await receivers.stop();
  });
  return async (...args) => {
    const started = await startReceivers(...args);
    running.push(started);
    return started;
  };
}

/** The same with a gRPC session on them, and more by `newSession`. */
export function useGrpcReceivers() {
  const sessions: ClientHttp2Session[] = [];
  afterEach(() => {
    for (const session of sessions.splice(0)) session.destroy();
  });
  const start = useReceivers();
  return async (...args: Parameters<typeof startReceivers>) => {
    const started = await start(...args);
    const newSession = (options: ClientSessionOptions = {}) => {
      const session = connect(started.grpcPort, options);
      sessions.push(session);
      return session;
    };
    return { ...started, session: newSession(), newSession };
  };
}
