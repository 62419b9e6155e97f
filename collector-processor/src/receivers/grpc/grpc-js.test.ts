import * as grpc from '@grpc/grpc-js';
import { afterEach, expect, test } from '@jest/globals';
import { type ExportOutcome } from '../../model/export-request.ts';
import { retryAfterMsOf } from '../../runtime/grpc/status-details.ts';
import { tracesPath } from '../testing/grpc-client.ts';
import { type ReceiversUnderTest, startReceivers, until } from '../testing/receivers-under-test.ts';

/** The gRPC client that most JavaScript services use, so that our framing is not only tested against itself. */
const MIB = 1024 * 1024;
const message = Buffer.from('any bytes: the receiver does not decode');
const bytes = (value: Buffer) => value;
let running: ReceiversUnderTest | undefined;
let client: grpc.Client | undefined;

async function start(...args: Parameters<typeof startReceivers>) {
  running = await startReceivers(...args);
  const { grpcPort } = running;
  client = new grpc.Client(`127.0.0.1:${grpcPort}`, grpc.credentials.createInsecure(), {
    'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip,
    'grpc.max_receive_message_length': -1,
    'grpc.enable_retries': 0,
  });
  return { ...running, client };
}

afterEach(async () => {
  client?.close();
  await running?.stop();
  running = undefined;
});

function exportWith(caller: grpc.Client, sent: Buffer, options: grpc.CallOptions = {}, path = tracesPath) {
  return new Promise<{ error: grpc.ServiceError | null; reply: Buffer | undefined }>((resolve) => {
    caller.makeUnaryRequest(path, bytes, bytes, sent, options, (error, reply) => resolve({ error, reply }));
  });
}

test('a gzip call succeeds with an empty response, again and again on one connection', async () => {
  const { client, requests } = await start();
  for (let count = 0; count < 20; count++) {
    const { error, reply } = await exportWith(client, message);
    expect(error).toBeNull();
    expect(reply).toHaveLength(0);
  }
  expect(requests).toHaveLength(20);
  expect(requests[0]).toMatchObject({ compression: 'gzip' });
  expect(Buffer.from(requests[0]!.payload)).toEqual(message);
});

test('a message of several MiB arrives whole', async () => {
  const { client, requests } = await start();
  const large = Buffer.alloc(20 * MIB, 'abcdefghijk');
  expect((await exportWith(client, large)).error).toBeNull();
  expect(Buffer.compare(requests[0]!.payload, large)).toBe(0);
});

test('retry arrives as UNAVAILABLE with its message and RetryInfo', async () => {
  const outcome: ExportOutcome = { kind: 'retry', reason: 'Später: 50 % voll', retryAfterMs: 2500 };
  const { client } = await start({}, () => Promise.resolve(outcome));
  const { error } = await exportWith(client, message);
  expect(error).toMatchObject({ code: grpc.status.UNAVAILABLE, details: 'Später: 50 % voll' });
  const [details] = error?.metadata.get('grpc-status-details-bin') ?? [];
  expect(retryAfterMsOf(Buffer.from(details ?? '').toString('base64'))).toBe(2500);
});

test('refusals arrive with their status', async () => {
  const { client, metric } = await start({ maxRequestSize: MIB });
  expect((await exportWith(client, message, {}, '/x.Y/Export')).error?.code).toBe(grpc.status.UNIMPLEMENTED);
  const large = await exportWith(client, Buffer.alloc(20 * MIB));
  expect(large.error).toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED });
  expect(large.error?.details).toContain('1048576 bytes');
  expect((await exportWith(client, message)).error).toBeNull();
  expect(metric('sentinel_receiver_refused_total', 'reason="too_large"')).toBe(1);
});

test('a message over the cap is refused while it is still being sent', async () => {
  const { grpcPort } = await start({ maxRequestSize: MIB });
  const plain = new grpc.Client(`127.0.0.1:${grpcPort}`, grpc.credentials.createInsecure());
  const { error } = await exportWith(plain, Buffer.alloc(30 * MIB, 'abcdefghijk'));
  expect(error?.code).toBe(grpc.status.RESOURCE_EXHAUSTED);
  plain.close();
});

test('deadline and cancellation', async () => {
  const { client, requests } = await start({}, () => new Promise<ExportOutcome>(() => undefined));
  const late = await exportWith(client, message, { deadline: Date.now() + 200 });
  expect(late.error?.code).toBe(grpc.status.DEADLINE_EXCEEDED);
  await until(() => requests[0]?.abandoned?.aborted === true);
  const call = client.makeUnaryRequest(tracesPath, bytes, bytes, message, () => undefined);
  await until(() => requests.length === 2);
  call.cancel();
  await until(() => requests[1]?.abandoned?.aborted === true);
});

test('a drain lets the open call finish, and the client connects again to whoever comes next', async () => {
  let settle: (outcome: ExportOutcome) => void = () => undefined;
  const { client, receivers, requests, grpcPort } = await start({}, () => new Promise((resolve) => (settle = resolve)));
  const open = exportWith(client, message);
  await until(() => requests.length === 1);
  const stopped = receivers.stop();
  settle({ kind: 'accepted' });
  expect((await open).error).toBeNull();
  await stopped;
  running = await startReceivers({ grpc: { endpoint: `127.0.0.1:${grpcPort}` } });
  let again = await exportWith(client, message, { deadline: Date.now() + 5000 });
  while (again.error?.code === grpc.status.UNAVAILABLE) again = await exportWith(client, message);
  expect(again.error).toBeNull();
});
