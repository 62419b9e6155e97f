import type { PeerTable } from '../across/peer-table.ts';
import { joinParts, splitParts } from './snapshot-format.ts';

/** Raised when the meaning of what is kept changes. */
const VERSION = 1;

interface Saved {
  readonly version: number;
  readonly bytes: number;
  readonly keys: readonly string[];
}

/** What is usual of single instances beside their peers. */
export function savePeers(table: PeerTable): Uint8Array {
  const { bytesPerSeries: bytes } = table.state;
  const places = [...table.places()];
  const numbers = new Uint8Array(bytes * places.length);
  places.forEach(({ place }, i) => table.state.save(place, numbers, i * bytes));
  const saved: Saved = { version: VERSION, bytes, keys: places.map(({ key }) => key) };
  return joinParts(JSON.stringify(saved), numbers);
}

/** What was written by another version is learned anew. */
export function loadPeers(table: PeerTable, section: Uint8Array): void {
  const { json, numbers } = splitParts(section);
  const { version, bytes, keys } = json as Saved;
  if (version !== VERSION || bytes !== table.state.bytesPerSeries) return;
  for (const [i, key] of keys.entries()) table.keep(key, numbers.slice(i * bytes, (i + 1) * bytes));
}
