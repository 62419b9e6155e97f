import { describe, expect, test } from '@jest/globals';
import type { Correction } from '../../model/slo-correction.ts';
import type { PlacedObjective } from '../../model/slo.ts';
import { CountRing } from '../budget/count-ring.ts';
import { readSloFiles } from '../files/read-slo-files.ts';
import { burnedOf, type Burner } from './burned.ts';
import { effectsOf, historyOf } from './history.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-03-20T12:30:00Z');
const text = (window: string) =>
  `version: sentinel/v1\nslos: [{ name: errors, service: shop, objective: 99, window: ${window}, indicator: { requests: {} } }]\n`;
const objectiveOf = (window: string) =>
  (readSloFiles([{ name: 'slos.yaml', text: text(window) }]).objectives as [PlacedObjective])[0];

/** Ten events a minute for sixty days; bad ones by how long ago it is. */
function counted(bad: (agoMs: number) => number): CountRing {
  const ring = new CountRing({ length: 60 * 1440 });
  for (let agoMs = 60 * day; agoMs > 0; agoMs -= minute) ring.set(now - agoMs, { total: 10, bad: bad(agoMs) });
  return ring;
}

function correction(fromAgoMs: number, toAgoMs: number, id = 'upgrade'): Correction {
  const times = { fromMs: now - fromAgoMs, toMs: now - toAgoMs, atMs: now };
  return { id, ...times, scope: { service: 'shop' }, reason: 'Upgrade', author: 'ada', source: 'person' };
}

const outage = counted((ago) => (ago > 10 * day && ago <= 10 * day + hour ? 10 : 0));

describe('the history of a budget', () => {
  const range = { fromMs: now - 12 * day, toMs: now };

  test('tells what was left at the end of each step, over the window up to it', () => {
    const history = historyOf({ objective: objectiveOf('28d'), ring: outage, corrections: [], range }, day);
    expect(history.timeMs).toHaveLength(13);
    expect(history.timeMs.at(-1)).toBe(now);
    const inWindow = 28 * 1440 * 10 * 0.01;
    expect(history.left[0]).toBe(1);
    expect(history.left.at(-1)).toBeCloseTo(1 - 600 / inWindow, 6);
    expect(history.bad.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBe(600);
    expect(history.rates.map(({ window, tiers }) => [window, tiers])).toContainEqual(['6h', ['medium', 'trickle']]);
  });

  test('shows how fast it burned at the time', () => {
    const around = { fromMs: now - 10 * day - 2 * hour, toMs: now - 10 * day + 2 * hour };
    const { rates } = historyOf({ objective: objectiveOf('28d'), ring: outage, corrections: [], range: around }, hour);
    const hourly = rates.find(({ window }) => window === '1h');
    expect(hourly?.limit).toBeCloseTo(13.44);
    expect(Math.max(...(hourly?.rate ?? []).map(Number))).toBeCloseTo(50);
  });

  test('begins anew with each month of the calendar', () => {
    const march = { fromMs: Date.parse('2026-03-01T00:00:00Z'), toMs: Date.parse('2026-03-03T00:00:00Z') };
    const before = counted((ago) => (now - ago < march.fromMs && now - ago >= march.fromMs - hour ? 10 : 0));
    const february = { fromMs: march.fromMs - day, toMs: march.toMs };
    const { left } = historyOf(
      { objective: objectiveOf('month'), ring: before, corrections: [], range: february },
      day,
    );
    expect(left).toEqual([expect.closeTo(1 - 600 / (28 * 1440 * 0.1)), 1, 1]);
  });

  test('is null where nothing was counted', () => {
    const ring = new CountRing({ length: 1440 });
    const { left, rates } = historyOf({ objective: objectiveOf('28d'), ring, corrections: [], range }, day);
    expect(new Set(left)).toEqual(new Set([null]));
    expect(new Set(rates.flatMap(({ rate }) => rate))).toEqual(new Set([null]));
  });

  test('knows what each correction takes out, and that two of the same time take it out once', () => {
    const [first, same] = [correction(10 * day + hour, 10 * day), correction(10 * day + hour, 10 * day, 'b')];
    const account = { objective: objectiveOf('28d'), ring: outage, range };
    expect(historyOf({ ...account, corrections: [first] }, day).left.at(-1)).toBe(1);
    const [alone] = effectsOf({ ...account, corrections: [first] });
    expect(alone).toMatchObject({ takenOut: { total: 600, bad: 600 }, share: expect.closeTo(600 / 4032) });
    const both = effectsOf({ ...account, corrections: [first, same] });
    expect(both.map(({ share }) => share)).toEqual([0, 0]);
  });
});

describe('what burned a budget', () => {
  const range = { fromMs: now - 28 * day, toMs: now };
  const burner = (over: Partial<Burner>): Burner => ({ kind: 'incident', id: '1', fromMs: 0, toMs: 0, ...over });
  const burned = (burners: readonly Burner[], corrections: readonly Correction[] = []) =>
    burnedOf({ ring: outage, corrections, range, allowed: 4032, burners });
  const at = (fromAgoMs: number, toAgoMs: number) => ({ fromMs: now - fromAgoMs, toMs: now - toAgoMs });

  test('is the incident of that time, and what nothing explains is said to be so', () => {
    const half = burner({ ...at(10 * day + hour, 10 * day + 30 * minute) });
    expect(burned([half])).toMatchObject({
      ...{ bad: 600, share: expect.closeTo(600 / 4032) },
      items: [{ id: '1', bad: 300, share: expect.closeTo(300 / 4032) }],
      rest: { bad: 300 },
    });
  });

  test('is shared by incidents at once, so that the parts come to the whole', () => {
    const both = [
      burner({ id: 'a', ...at(10 * day + hour, 10 * day) }),
      burner({ id: 'b', ...at(10 * day + 20 * minute, 9 * day) }),
    ];
    expect(burned(both).items.map(({ id, bad }) => [id, bad])).toEqual([
      ['a', 500],
      ['b', 100],
    ]);
    expect(burned(both).rest.bad).toBe(0);
  });

  test('is a change only where no incident is', () => {
    const change = burner({ kind: 'change', id: 'deploy', ...at(10 * day + hour, 10 * day + 30 * minute) });
    const incident = burner({ ...at(10 * day + 50 * minute, 10 * day) });
    expect(burned([change, incident]).items.map(({ id, bad }) => [id, bad])).toEqual([
      ['1', 500],
      ['deploy', 100],
    ]);
  });

  test('leaves out what was corrected, and those that burned nothing', () => {
    const quiet = burner({ id: 'quiet', ...at(5 * day, 4 * day) });
    const all = burner({ ...at(11 * day, 9 * day) });
    expect(burned([quiet, all], [correction(10 * day + hour, 10 * day + 30 * minute)])).toMatchObject({
      bad: 300,
      items: [{ id: '1', bad: 300 }],
    });
    expect(burned([quiet, all], [correction(11 * day, 9 * day)]).items).toEqual([]);
  });
});
