import { describe, expect, test } from '@jest/globals';
import { loadSettings, type Settings } from '../../config/schema.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import { startOtlpSink } from '../../testing/otlp-sink.ts';
import { fileRequests, type Format } from './inputs/open-file.ts';
import { runReplay, type ReplayOptions } from './run-replay.ts';
import { recorded, type RecordedRequest } from './testing/recorded.ts';

const requests = recorded();

function settingsOf(yaml = ''): Settings {
  const small = 'score: { max_series: 500, max_streams: 1000, max_histogram_counts: 1024 }\n';
  const result = loadSettings(`${small}${yaml}`, { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

function* inChunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const jsonLines = (all: readonly RecordedRequest[]): Uint8Array =>
  Buffer.from(all.map(({ json }) => `${json}\n`).join(''));

function withLengths(all: readonly RecordedRequest[], length: (bytes: number) => Uint8Array): Uint8Array {
  return Buffer.concat(all.flatMap(({ protobuf }) => [length(protobuf.length), protobuf]));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function fixed32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

interface Asked extends Partial<Omit<ReplayOptions, 'recordings'>> {
  readonly chunkBytes?: number;
  readonly format?: Format;
}

/** Replays each input as a recording of its own. */
async function replay(inputs: readonly Uint8Array[], { chunkBytes = 65_536, format, ...asked }: Asked = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const write = (lines: string[]) => ({ write: (text: string) => lines.push(text) > 0 });
  const done = runReplay({
    ...{ settings: settingsOf(), tenant: '', maxGapMs: 86_400_000, publish: false, forward: false, json: true },
    ...{ stdout: write(out), stderr: write(err), ...asked },
    recordings: (transcode) =>
      inputs.map((bytes) =>
        fileRequests({
          ...{ path: '-', format, signal: undefined, metric: undefined, service: undefined, transcode },
          ...{
            maxMessage: 1 << 20,
            chunkBytes,
            stdin: inChunks(bytes, chunkBytes) as unknown as AsyncIterable<Uint8Array>,
          },
        }),
      ),
  });
  const failure = await done.then(
    () => undefined,
    (error: unknown) => error,
  );
  const findings = asked.json === false ? [] : out.map((line) => JSON.parse(line) as Anomaly);
  return { text: out.join(''), said: err.join(''), findings, failure };
}

describe('the same telemetry gives the same bytes', () => {
  test('over two runs, and there is something to find', async () => {
    const first = await replay([jsonLines(requests)]);
    const again = await replay([jsonLines(requests)]);
    expect(first.findings.map(({ series }) => series.measure)).toEqual(
      expect.arrayContaining(['value', 'error_ratio', 'new_template']),
    );
    expect(again.text).toBe(first.text);
  });

  test.each([1, 13, 4_096, 10_000_000])('however it is cut into chunks (%i bytes)', async (chunkBytes) => {
    const few = requests.slice(-90);
    const whole = await replay([jsonLines(requests)]);
    const cut = chunkBytes === 1 ? few : requests;
    expect((await replay([jsonLines(cut)], { chunkBytes })).text).toBe(
      chunkBytes === 1 ? (await replay([jsonLines(few)])).text : whole.text,
    );
  });

  test('as protobuf behind lengths of either kind, and with a recording for each signal', async () => {
    const expected = (await replay([jsonLines(requests)])).text;
    expect((await replay([withLengths(requests, fixed32)])).text).toBe(expected);
    expect((await replay([withLengths(requests, varint)], { format: 'protobuf' })).text).toBe(expected);
    const bySignal = (['metrics', 'traces', 'logs'] as const).map((signal) =>
      jsonLines(requests.filter((request) => request.signal === signal)),
    );
    expect((await replay(bySignal)).text).toBe(expected);
  });

  test('however its items are shared out to requests: one of a quarter of an hour is taken apart', async () => {
    const metrics = requests.filter(({ signal }) => signal === 'metrics');
    const expected = await replay([jsonLines(metrics)]);
    expect(expected.findings).toHaveLength(1);
    const joined = Buffer.concat(metrics.map(({ protobuf }) => protobuf));
    expect((await replay([joined])).text).toBe(expected.text);
    const settings = settingsOf('decode: { max_items: 20 }\n');
    expect((await replay([joined], { settings })).text).toBe(expected.text);
  });
});

test('people get a line for each finding, with when, border, score and a sentence', async () => {
  const { text } = await replay([jsonLines(requests)], { json: false });
  expect(text).toMatch(/^2026-03-03T12:13:\S+ {2}\S+ +notice +\d+\.\d\d {2}queue of checkout rose to/m);
});

test('what was read and what was not scored is said apart from the findings', async () => {
  const [early, ...rest] = requests;
  const { said } = await replay([jsonLines([...rest, early!])]);
  expect(said).toContain('270 requests with');
  expect(said).toContain('1 metrics (repeated)');
  expect(said).not.toContain('shadow');
});

test('a stretch without telemetry is passed over, and nobody is called silent for it', async () => {
  const later = requests.map(({ json, ...rest }) => ({
    ...rest,
    json: json.replaceAll(/"(1772)(\d{15})"/g, (_all, _head, tail: string) => `"1773${tail}"`),
  }));
  const { said, findings } = await replay([jsonLines([...requests, ...later])]);
  expect(said).toContain('1 gaps');
  expect(findings.filter(({ series }) => series.measure === 'silence')).toEqual([]);
});

describe('a recording that cannot be read', () => {
  test('is told with its place, after what was found before it', async () => {
    const broken = Buffer.concat([jsonLines(requests), Buffer.from('{"resourceMetrics":[{]}\n')]);
    const { failure, findings, said } = await replay([broken]);
    expect(failure).toMatchObject({ code: 'SENTINEL_REPLAY_FAILED', message: expect.stringContaining('at byte') });
    expect(findings.length).toBeGreaterThan(0);
    expect(said).toContain('270 requests');
  });

  test.each([
    ['that is cut off', withLengths(requests, fixed32).subarray(0, -3), 'it is cut off: 3 bytes are missing'],
    ['with a message that is too large', fixed32(1 << 21), 'larger than the 1048576 allowed'],
    ['of other JSON', Buffer.from('{"name":"x"}\n'), 'none of resourceSpans'],
    ['with a line without end', Buffer.alloc(1 << 21, 123), 'a line is longer than'],
  ])('%s', async (_name, bytes, reason) => {
    expect((await replay([bytes])).failure).toMatchObject({ message: expect.stringContaining(reason) });
  });

  test('a message that is no OTLP is counted and passed over', async () => {
    const odd = { ...requests[0]!, protobuf: Uint8Array.of(0x0a, 0x05, 0x0a, 0xff, 0xff, 0xff, 0xff) };
    const { said, failure } = await replay([withLengths([odd], fixed32)]);
    expect(`${said} ${String(failure)}`).toContain('the message before it is no OTLP');
  });
});

describe('what leaves', () => {
  test('is nothing unless asked', async () => {
    const sink = await startOtlpSink();
    const settings = settingsOf(`forward: { backends: { otlphttp: { endpoint: "${sink.httpUrl}" } } }\n`);
    await replay([jsonLines(requests)], { settings });
    expect(sink.connections).toBe(0);
    await sink.close();
  });

  test('is telemetry with forward, findings with publish', async () => {
    const sink = await startOtlpSink();
    const settings = settingsOf(`forward: { backends: { otlphttp: { endpoint: "${sink.httpUrl}" } } }\n`);
    await replay([jsonLines(requests)], { settings, forward: true });
    expect(sink.tally.items).toMatchObject({ metrics: 90, traces: 2_700, logs: 210 });
    await replay([jsonLines(requests)], { settings, publish: true });
    const findings = sink.tally.items.logs - 210;
    expect(findings).toBeGreaterThan(0);
    await sink.close();
  });

  test('ends the replay when a backend refuses it', async () => {
    const sink = await startOtlpSink();
    sink.answer({ kind: 'status', status: 400 });
    const settings = settingsOf(`forward: { backends: { otlphttp: { endpoint: "${sink.httpUrl}" } } }\n`);
    const { failure } = await replay([jsonLines(requests)], { settings, forward: true });
    expect(failure).toMatchObject({ message: expect.stringContaining('could not be forwarded') });
    await sink.close();
  });
});
