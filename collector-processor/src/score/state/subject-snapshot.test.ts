import { expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { repeat, serve } from '../testing/traffic.ts';
import { createWorld } from '../testing/world.ts';
import { layoutOf, loadNumbers, loadSubject, saveNumbers, saveSubject } from './subject-snapshot.ts';

/** The first subject with a rate: the service's calls. */
function subjectOf(world: ReturnType<typeof createWorld>): number {
  return [...world.engine.series.from(0)].find(({ measure }) => measure === 'rate')?.subject ?? -1;
}

test('a detector of the release before is left out, and its series learn anew with what still fits', () => {
  const before = createWorld();
  const random = createRandom(1);
  repeat(60, () => serve(before, random));
  const subject = subjectOf(before);
  const layout = layoutOf(before.engine.series.parts).map((part) =>
    part.name === 'range record' ? { ...part, version: part.version - 1 } : part,
  );
  const bytes = layout.reduce((sum, part) => sum + part.bytes, 0);
  const saved = saveSubject(before.engine.state, subject);
  const numbers = saveNumbers(before.engine.state, subject, bytes);

  const after = createWorld();
  const place = saved === undefined ? -1 : loadSubject(after.engine.state, saved);
  expect(loadNumbers(after.engine.state, place, layout, numbers, 0)).toBe(numbers.length);
  const entry = after.engine.series.get(after.engine.state.subjects.slotOf(place, 0));
  expect(entry?.ensemble.ageOf(entry.at)).toBe(0);
  const rangeRecord = entry?.ensemble.parts.find(({ name }) => name === 'range record');
  const deviation = entry?.ensemble.parts.find(({ name }) => name === 'robust deviation');
  const sum = (part: typeof rangeRecord): number => {
    const copy = new Uint8Array(part?.state.bytesPerSeries ?? 0);
    part?.state.save(entry?.at ?? 0, copy, 0);
    return copy.reduce((total, byte) => total + byte, 0);
  };
  expect(sum(rangeRecord)).toBe(0);
  expect(sum(deviation)).toBeGreaterThan(0);
});
