import { describe, expect, test } from '@jest/globals';

/** The page's modules are plain JavaScript for browsers. */
async function load<Exports>(name: string): Promise<Exports> {
  return (await import(`${import.meta.dirname}/assets/${name}.js`)) as Exports;
}

const { sentenceOfShadow } = await load<{ sentenceOfShadow(report?: object): string }>('trials');
const { describeState } = await load<{ describeState(known: object): { tone: string; text: string } }>('state');
const format =
  await load<Record<'bytes' | 'duration' | 'rate' | 'seconds', (value: number | undefined) => string>>('format');

const status = {
  anomalies: { open: 0, paging: 0 },
  coverage: { scored: 4_212, learning: 38, evicted: 0, unsuitable: 0 },
};
const pipeline = {
  nowMs: 1_000_000,
  lastReceivedMs: 999_000,
  receivers: [
    { wire: 'grpc', endpoint: '0.0.0.0:4317' },
    { wire: 'http', endpoint: '0.0.0.0:4318' },
  ],
  backends: [{ name: 'loki', breaker: 'closed' }],
};

describe('the state in one line', () => {
  test.each([
    [{}, 'good', 'No open findings. 4,212 series are scored, 38 are learning.'],
    [
      { status: { ...status, duty: { state: 'standby', holder: 'host-a:7' } } },
      'quiet',
      'Standby: receives and forwards. host-a:7 is the active one.',
    ],
    [
      { status: { ...status, duty: { state: 'suspended', holder: 'host-a:7' } } },
      'notice',
      'The lease cannot be renewed: findings are held back. Telemetry is forwarded.',
    ],
    [
      { status: { ...status, anomalies: { open: 1, paging: 0 } } },
      'notice',
      '1 open finding. 4,212 series are scored, 38 are learning.',
    ],
    [
      { status: { ...status, anomalies: { open: 3, paging: 2 } } },
      'bad',
      '3 open findings, 2 above the page border. 4,212 series are scored, 38 are learning.',
    ],
    [
      { status: { ...status, coverage: { scored: 0, learning: 5 } } },
      'quiet',
      'No open findings. 5 series are learning.',
    ],
    [
      { pipeline: { ...pipeline, lastReceivedMs: undefined } },
      'quiet',
      'No telemetry yet. Send OTLP to 0.0.0.0:4317 (gRPC) or 0.0.0.0:4318 (HTTP).',
    ],
    [
      { pipeline: { ...pipeline, nowMs: 999_000 + 840_000 } },
      'notice',
      'No telemetry for 14 min. Nothing can be found while nothing arrives.',
    ],
    [
      { pipeline: { ...pipeline, backends: [{ name: 'loki', breaker: 'open' }] } },
      'bad',
      'loki does not take telemetry. No open findings.',
    ],
    [
      { readiness: { ready: false, reasons: ['The store does not answer.'], troubles: [] } },
      'notice',
      'Not ready: The store does not answer.',
    ],
    [{ status: undefined }, 'quiet', ''],
  ])('%j', (part, tone, text) => {
    expect(describeState({ status, pipeline, readiness: { ready: true, reasons: [], troubles: [] }, ...part })).toEqual(
      {
        tone,
        text,
      },
    );
  });
});

describe('figures', () => {
  test.each([
    ['duration', 0, '0 s'],
    ['duration', 59_000, '59 s'],
    ['duration', 3_900_000, '1 h 5 min'],
    ['duration', 43_200_000, '12 h'],
    ['duration', 93_600_000, '1 d 2 h'],
    ['bytes', 0, '0 B'],
    ['bytes', 1_536, '1.5 KiB'],
    ['bytes', 3 * 1_024 ** 3, '3 GiB'],
    ['rate', undefined, 'No data'],
    ['rate', 1_530, '1.53 k/s'],
    ['rate', 0, '0/s'],
    ['seconds', 2_140, '2.1 s'],
  ] as const)('%s of %s is %s', (name, value, text) => {
    expect(format[name](value)).toBe(text);
  });
});

test('what runs in shadow is one sentence', () => {
  const report = { series: 12, raised: 3, pages: 1, besideSeries: 1, besideService: 1, insideIncidents: 2 };
  expect(sentenceOfShadow()).toContain('No configuration runs in shadow');
  expect(sentenceOfShadow({ ...report, liveRaised: 4, missed: 1 })).toBe(
    'The shadow would have raised 3 findings (1 page): 2 beside live ones, 2 within incidents. It would have missed 1 of 4 live findings, on 12 series.',
  );
});

test('what the list of unwatched series leaves out is said', async () => {
  const { moreOf } = await load<{ moreOf(left: number): string }>('coverage');
  expect([moreOf(0), moreOf(1), moreOf(1_200)]).toEqual([
    '',
    '1 more is at /api/v1/coverage.',
    '1,200 more are at /api/v1/coverage.',
  ]);
});

test('how large rehearsed faults are is said in what people see', async () => {
  const { sentenceOfDrills } = await load<{ sentenceOfDrills(size: object): string }>('trials');
  expect(sentenceOfDrills({ size: 3, steps: 24 })).toBe(
    'In copies of live series, 3 times as far as the expected range reaches, for 24 steps.',
  );
});
