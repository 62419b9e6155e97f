import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { residentMib } from '../../bench/pipeline/process-cost.ts';
import { type SentinelProgram, startSentinelProgram } from '../sentinel-program.ts';
import type { Measured } from './innocent-child.ts';

/** Sentinel with its default limits, a backend behind it and clients that behave. */
export interface Target extends Pick<SentinelProgram, 'httpPort' | 'grpcPort' | 'metric' | 'stop'> {
  /** What the clients that behave have seen since the last time. */
  measured(): Promise<Measured>;
  /** Resident memory now, in MiB; 0 when it has ended. */
  rssMib(): number;
}

/** `backends` joins the backend that behaves, by the name of their type; `otlp` are settings of the receivers. */
export async function startTarget(otlp: object, backends: (port: number) => object = innocentBackend): Promise<Target> {
  const innocent = fork(new URL('innocent-child.ts', import.meta.url));
  const [{ backend }] = (await once(innocent, 'message')) as [{ backend: number }];
  const sections = (folder: string): object => ({
    publish: { backends: {} },
    store: { path: join(folder, 'sentinel.sqlite') },
  });
  const sentinel = await startSentinelProgram(backends(backend), sections, otlp);
  innocent.send({ http: sentinel.httpPort, grpc: sentinel.grpcPort });
  return {
    ...sentinel,
    async measured() {
      innocent.send('measured');
      const [message] = (await once(innocent, 'message')) as [Measured];
      const end = sentinel.ended();
      return { ...message, faults: end === undefined ? message.faults : [...message.faults, end] };
    },
    rssMib: () => (sentinel.ended() === undefined ? residentMib(sentinel.pid) : 0),
    async stop() {
      innocent.kill();
      if (sentinel.ended() === undefined) await sentinel.stop();
    },
  };
}

function innocentBackend(port: number): object {
  return { otlphttp: { endpoint: `http://127.0.0.1:${port}` } };
}
