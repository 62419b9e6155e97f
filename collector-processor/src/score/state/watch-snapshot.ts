import type { StatePart } from './slot-state.ts';
import { joinParts, splitParts } from './snapshot-format.ts';
import { layoutOf, type SavedPart } from './subject-snapshot.ts';
import type { SubjectStore } from './subject-store.ts';

const HASH = 8;
/** Subjects of one piece, so that writing never holds up the event loop. */
const SUBJECTS_PER_PIECE = 2_048;

/** What watches know of each subject, in pieces: a layout, then for each subject its hash and the numbers of all parts. */
export function* saveWatches(subjects: SubjectStore, parts: readonly StatePart[]): Generator<Uint8Array> {
  for (let first = 0; first < subjects.extent; first += SUBJECTS_PER_PIECE) {
    yield saveSome(subjects, parts, [first, Math.min(subjects.extent, first + SUBJECTS_PER_PIECE)]);
  }
}

type Range = readonly [first: number, end: number];

function saveSome(subjects: SubjectStore, parts: readonly StatePart[], [first, end]: Range): Uint8Array {
  const layout = layoutOf(parts);
  const size = HASH + layout.reduce((sum, { bytes }) => sum + bytes, 0);
  const numbers = Buffer.alloc(size * (end - first));
  let at = 0;
  for (let subject = first; subject < end; subject++) {
    if (subjects.kind[subject] === 0) continue;
    const { low, high } = subjects.hashOf(subject);
    numbers.writeUInt32LE(low >>> 0, at);
    numbers.writeUInt32LE(high >>> 0, at + 4);
    at += HASH;
    for (const { state } of parts) at = state.save(subject, numbers, at);
  }
  return joinParts(JSON.stringify(layout), numbers.subarray(0, at));
}

/** Parts of another version or size stay empty, and so does what found no place. */
export function loadWatches(subjects: SubjectStore, parts: readonly StatePart[], saved: Uint8Array): void {
  const { json, numbers } = splitParts(saved);
  const layout = json as readonly SavedPart[];
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const size = HASH + layout.reduce((sum, { bytes }) => sum + bytes, 0);
  for (let start = 0; start + size <= numbers.length; start += size) {
    const subject = subjects.find(view.getUint32(start, true), view.getUint32(start + 4, true));
    let at = start + HASH;
    for (const { name, version, bytes } of layout) {
      const part = parts.find((candidate) => candidate.name === name);
      if (subject >= 0 && part?.version === version && part.state.bytesPerSeries === bytes) {
        part.state.load(subject, numbers, at);
      }
      at += bytes;
    }
  }
}
