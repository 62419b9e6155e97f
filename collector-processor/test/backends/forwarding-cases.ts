import type { Case } from '../grafana/suite.ts';
import { type SentinelProgram, startSentinelProgram } from '../sentinel-program.ts';
import { type BackendUnderTest, readBack } from './read-back.ts';

import { createSender, type Sender, protobufOf, type WireForm, wireForms } from './wire-forms.ts';

/** Each wire form, into each server and back out by its query API. */
export function forwardingCases(backends: readonly BackendUnderTest[], run: string): Case[] {
  return backends.flatMap((backend) => [
    ...wireForms.map((form) => wireFormCase(backend, form, run)),
    emptyCase(backend),
    bisectionCase(backend, run),
  ]);
}

function makeCase(backend: BackendUnderTest, name: string, run: () => Promise<void>): Case {
  const skip = backend.settings === undefined ? backend.missing : undefined;
  return { name: `${backend.name}: ${name}`, skip, run };
}

function markOf({ name }: BackendUnderTest): string {
  return name.replace('/', '_');
}

/** Five requests at once and one place: the first leaves alone, what may be joined leaves joined. */
function wireFormCase(backend: BackendUnderTest, form: WireForm, run: string): Case {
  const mayJoin = form.compression !== 'zstd' && form.encoding === 'protobuf';
  return makeCase(backend, `${form.name} arrives whole${mayJoin ? ', joined' : ''}`, () =>
    untilJoined(async (attempt) => {
      const marks = { run, form: `${markOf(backend)}_${form.name}_${attempt}` };
      const { joined, repeated } = await withSentinel(backend, async ({ sentinel, sender }) => {
        const outcomes = await Promise.all(
          backend.requests(marks).map((message) => sender.send(backend.signal, message, form)),
        );
        for (const outcome of outcomes) if (outcome.kind !== 'delivered') throw new Error(JSON.stringify(outcome));
        return {
          joined: (await sentinel.metric('sentinel_forward_joined_requests_total')) > 0,
          repeated: await hasRepeated(sentinel),
        };
      });
      if (joined && form.compression === 'zstd' && form.encoding === 'protobuf') throw new Error('zstd was joined');
      await readBack(backend, marks, { repeated });
      return joined || !mayJoin;
    }),
  );
}

async function hasRepeated(sentinel: SentinelProgram): Promise<boolean> {
  return (await sentinel.metric('sentinel_forward_sends_total', 'outcome="retry"')) > 0;
}

/** Whether requests meet and are joined is a matter of microseconds. */
async function untilJoined(attempt: (number: number) => Promise<boolean>): Promise<void> {
  for (let number = 1; number <= 20; number++) if (await attempt(number)) return;
  throw new Error('in 20 attempts nothing was joined');
}

function emptyCase(backend: BackendUnderTest): Case {
  return makeCase(backend, 'a request without items is a success', async () => {
    await withSentinel(backend, async ({ sender }) => {
      for (const form of wireForms.slice(0, 4)) {
        const outcome = await sender.send(backend.signal, backend.empty, form);
        if (outcome.kind !== 'delivered') throw new Error(JSON.stringify(outcome));
      }
    });
  });
}

/** Well framed at the top and broken within: only the server finds out, and only after it was joined. */
function bisectionCase(backend: BackendUnderTest, run: string): Case {
  const form: WireForm = { name: 'http', wire: 'http', encoding: 'protobuf', compression: 'gzip' };
  const bad = Uint8Array.from([0x0a, 3, 0x12, 9, 0]);
  return makeCase(backend, 'a bad request in a joined body is refused alone, its neighbours are stored', () =>
    untilJoined(async (attempt) => {
      const marks = { run, form: `${markOf(backend)}_bisected_${attempt}` };
      const { bisected, repeated } = await withSentinel(backend, async ({ sentinel, sender }) => {
        const good = backend.requests(marks).map((message) => protobufOf(backend.signal, message));
        const bodies = [...good.slice(0, 3), bad, ...good.slice(3)];
        const outcomes = await Promise.all(bodies.map((bytes) => sender.sendBytes(backend.signal, bytes, form)));
        const kinds = outcomes.map(({ kind }) => kind).join(' ');
        if (kinds !== 'delivered delivered delivered refused delivered delivered') throw new Error(kinds);
        return {
          bisected: (await sentinel.metric('sentinel_forward_bisected_total')) > 0,
          repeated: await hasRepeated(sentinel),
        };
      });
      await readBack(backend, marks, { repeated });
      return bisected;
    }),
  );
}

interface World {
  readonly sentinel: SentinelProgram;
  readonly sender: Sender;
}

async function withSentinel<Result>(
  backend: BackendUnderTest,
  work: (world: World) => Promise<Result>,
): Promise<Result> {
  const sentinel = await startSentinelProgram({ [backend.name]: { ...backend.settings, max_in_flight: 1 } });
  const sender = createSender(sentinel);
  try {
    return await work({ sentinel, sender });
  } finally {
    await sender.close();
    await sentinel.stop();
  }
}
