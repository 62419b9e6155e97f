import { afterEach, describe, expect, test } from '@jest/globals';
import type { ExportOutcome } from '../../model/export-request.ts';
import type { Failures } from '../backends/backend.ts';
import { settled } from '../testing/scripted-transport.ts';
import { Drain, type DrainOptions } from './drain.ts';
import { type KeptRequest, toRecord } from './kept-request.ts';
import { createBacklogBench } from './testing/backlog-bench.ts';
import { aRequest } from './testing/letters-bench.ts';

interface Open {
  readonly text: string;
  readonly end: (outcome: ExportOutcome, failures?: Partial<Failures>) => Promise<void>;
}

let stop: () => Promise<void> = () => Promise.resolve();
afterEach(() => stop());

/** A drain whose sends end when and how the test says. */
async function bench(options: Partial<DrainOptions> = {}) {
  const { backlog, clock, sample } = await createBacklogBench();
  const open: Open[] = [];
  const sent: string[] = [];
  const buried: string[] = [];
  const disk = { buries: true };
  let delivered = 0;

  function send(request: KeptRequest, before: Failures) {
    const text = Buffer.from(request.body).toString();
    sent.push(text);
    return new Promise<Failures & { outcome: ExportOutcome }>((resolve) => {
      const { failedAttempts, failedAlone } = before;
      const end: Open['end'] = async (outcome, failures = {}) => {
        open.splice(open.indexOf(one), 1);
        if (outcome.kind === 'accepted') delivered++;
        resolve({ failedAttempts, failedAlone, ...failures, outcome });
        await settled();
      };
      const one = { text, end };
      open.push(one);
    });
  }

  const drain = new Drain({
    options: { replayWindow: 1_000_000, maxLoneFailures: 3, ...options },
    feed: backlog.feed('loki'),
    send,
    bury: (request, reason) => {
      if (disk.buries) buried.push(`${Buffer.from(request.body).toString()}: ${reason}`);
      return Promise.resolve(disk.buries);
    },
    delivered: () => delivered,
    clock,
    random: () => 1,
  });
  drain.start();
  stop = async () => {
    await drain.stop();
    await Promise.all(open.map(({ end }) => end({ kind: 'retry', reason: 'closed' })));
  };

  async function keep(text: string, content = toRecord(aRequest(text), ['loki'])): Promise<void> {
    await backlog.append(content, new Map([['loki', 'stored']])).kept;
    await settled();
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await settled();
  }

  /** Another request, not from the log. */
  const deliverOne = () => delivered++;
  return { drain, backlog, open, sent, buried, disk, keep, pass, sample, delivered: deliverOne };
}

const accepted = { kind: 'accepted' } as const;
const retry = { kind: 'retry', reason: 'HTTP 503' } as const;

describe('what the log holds', () => {
  test('is sent in order and settled when it is accepted', async () => {
    const { backlog, open, sent, keep } = await bench();
    for (const text of ['a', 'b', 'c']) await keep(text);
    expect(sent).toEqual(['a', 'b', 'c']);
    for (const one of [...open]) await one.end(accepted);
    expect(backlog.feed('loki').isSettled).toBe(true);
  });

  test('is held in memory only as far as the window goes', async () => {
    const { open, sent, keep } = await bench({ replayWindow: 3000 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) await keep(text.repeat(500));
    expect(sent).toHaveLength(2);
    await open[0]!.end(accepted);
    expect(sent).toHaveLength(3);
  });

  test('is sent although one record alone is larger than the window', async () => {
    const { sent, keep } = await bench({ replayWindow: 1 });
    await keep('a'.repeat(5000));
    await keep('b');
    expect(sent).toHaveLength(1);
  });

  test('and is no request is counted as lost, and does not stand in the way', async () => {
    const { backlog, open, sent, keep, sample } = await bench();
    await keep('x', { description: { owed: ['loki'] }, body: Buffer.from('x') });
    await keep('a');
    expect(sent).toEqual(['a']);
    await open[0]!.end(accepted);
    expect(backlog.feed('loki').isSettled).toBe(true);
    expect(sample('sentinel_wal_losses_total')).toBe(1);
  });
});

describe('what fails', () => {
  test('comes again after a pause that grows, and after what the backend asked for', async () => {
    const { open, sent, keep, pass } = await bench();
    await keep('a');
    await open[0]!.end(retry);
    await pass(499);
    expect(sent).toHaveLength(1);
    await pass(1);
    expect(sent).toHaveLength(2);
    await open[0]!.end({ ...retry, retryAfterMs: 5000 });
    await pass(5999);
    expect(sent).toHaveLength(2);
    await pass(1);
    expect(sent).toHaveLength(3);
  });

  test('is never put off for longer than a minute and a pause, whatever the backend asks', async () => {
    const { open, sent, keep, pass } = await bench();
    await keep('a');
    await open[0]!.end({ ...retry, retryAfterMs: 86_400_000 });
    await pass(60_500);
    expect(sent).toHaveLength(2);
  });

  test('alone that often while others get through becomes a dead letter', async () => {
    const { backlog, open, buried, keep, pass } = await bench();
    await keep('bad');
    await keep('good');
    await open.find(({ text }) => text === 'good')!.end(accepted);
    await open[0]!.end(retry, { failedAlone: 3 });
    expect(buried).toEqual(['bad: failed 3 times while others got through: HTTP 503']);
    await pass(0);
    expect(backlog.feed('loki').isSettled).toBe(true);
  });

  test('alone before others get through is no reason: only what it fails with after that counts', async () => {
    const { open, buried, keep, pass } = await bench();
    await keep('a');
    await open[0]!.end(retry, { failedAlone: 20 });
    await keep('good');
    await open.find(({ text }) => text === 'good')!.end(accepted);
    await pass(500);
    await open[0]!.end(retry, { failedAlone: 21 });
    await pass(1000);
    await open[0]!.end(retry, { failedAlone: 25 });
    expect(buried).toEqual([]);
  });

  test('with a 500 comes again, and becomes a dead letter only when others get through that often', async () => {
    const { open, buried, keep, pass, delivered } = await bench();
    const broken = { kind: 'refused', reason: 'HTTP 500', cause: 'backend_failed' } as const;
    await keep('a');
    for (let times = 0; times < 9; times++) {
      await open[0]!.end(broken, { failedAlone: times });
      await pass(10_000);
    }
    expect(buried).toEqual([]);
    for (let times = 9; times < 12; times++) {
      delivered();
      await open[0]!.end(broken, { failedAlone: times });
      await pass(10_000);
    }
    expect(buried).toEqual(['a: failed 3 times while others got through: HTTP 500']);
  });

  test('while nobody gets through never does: the backend is down, not the record bad', async () => {
    const { open, buried, keep, pass } = await bench();
    await keep('a');
    for (let failedAlone = 1; failedAlone < 20; failedAlone++) {
      await open[0]!.end(retry, { failedAlone });
      await pass(10_000);
    }
    expect(buried).toEqual([]);
  });

  test.each([
    ['refused', { kind: 'refused', reason: 'too old', cause: 'malformed' } as const, 'a: too old'],
    [
      'taken in part',
      { kind: 'accepted', partial: { rejectedItems: 2, message: 'no' } } as const,
      'a: taken in part: 2 items rejected: no',
    ],
  ])('because it is %s becomes a dead letter', async (_name, outcome, letter) => {
    const { backlog, open, buried, keep } = await bench();
    await keep('a');
    await open[0]!.end(outcome);
    expect(buried).toEqual([letter]);
    expect(backlog.feed('loki').isSettled).toBe(true);
  });

  test('stays in the log as long as the dead letter cannot be written', async () => {
    const { backlog, open, sent, disk, keep, pass } = await bench();
    disk.buries = false;
    await keep('a');
    await open[0]!.end({ kind: 'refused', reason: 'no', cause: 'malformed' });
    expect(backlog.feed('loki').isSettled).toBe(false);
    disk.buries = true;
    await pass(500);
    expect(sent).toHaveLength(1);
    expect(backlog.feed('loki').isSettled).toBe(true);
  });
});

test('a drain that is stopped gives back what it had, waiting or under way, to the next one', async () => {
  const { drain, backlog, open, keep } = await bench();
  await keep('waits');
  await keep('under way');
  await open[0]!.end(retry);
  await drain.stop();
  await open[0]!.end(retry);
  const feed = backlog.feed('loki');
  const again = [await feed.next(), await feed.next(), await feed.next()];
  expect(again.map((record) => Buffer.from(record?.body ?? []).toString())).toEqual(['waits', 'under way', '']);
});
