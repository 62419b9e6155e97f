import { crc32 } from 'node:zlib';

/**
 * Layout of a snapshot: a header (`SNTLSNAP`, version), then sections of kind, length and CRC-32 in front of their bytes,
 * the last one an end mark, so that a file that was cut off is noticed. Sections of a kind that is not known are skipped.
 */
const MAGIC = Buffer.from('SNTLSNAP');
export const SNAPSHOT_VERSION = 1;
/** A release reads what the one before it wrote. */
const READABLE: ReadonlySet<number> = new Set([SNAPSHOT_VERSION]);
const HEADER = MAGIC.length + 2;
const SECTION_HEADER = 9;

export const SectionKind = {
  meta: 1,
  subjects: 2,
  changes: 3,
  findings: 4,
  templates: 5,
  novelty: 6,
  watches: 7,
  forecasts: 8,
  pages: 9,
  peers: 10,
  places: 11,
  earlier: 12,
  end: 255,
} as const;

export interface Section {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

export type ReadOutcome =
  | { readonly kind: 'sections'; readonly sections: readonly Section[] }
  | { readonly kind: 'unusable'; readonly reason: string };

export function snapshotHeader(version = SNAPSHOT_VERSION): Uint8Array {
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.writeUInt16LE(version, MAGIC.length);
  return header;
}

export function snapshotSection(kind: number, bytes: Uint8Array): Uint8Array {
  const section = Buffer.alloc(SECTION_HEADER + bytes.length);
  section.writeUInt8(kind, 0);
  section.writeUInt32LE(bytes.length, 1);
  section.writeUInt32LE(crc32(bytes), 5);
  section.set(bytes, SECTION_HEADER);
  return section;
}

/** Checks everything before anything is used. */
export function readSnapshot(file: Uint8Array): ReadOutcome {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < HEADER || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return unusable('it is no snapshot');
  const version = bytes.readUInt16LE(MAGIC.length);
  if (!READABLE.has(version))
    return unusable(`it has version ${version}, and this release reads ${[...READABLE].join()}`);
  const sections: Section[] = [];
  let at = HEADER;
  while (at + SECTION_HEADER <= bytes.length) {
    const kind = bytes.readUInt8(at);
    const length = bytes.readUInt32LE(at + 1);
    const content = bytes.subarray(at + SECTION_HEADER, at + SECTION_HEADER + length);
    if (content.length < length) return unusable('it is cut off');
    if (crc32(content) !== bytes.readUInt32LE(at + 5)) return unusable(`it is damaged at byte ${at}`);
    if (kind === SectionKind.end) return { kind: 'sections', sections };
    sections.push({ kind, bytes: content });
    at += SECTION_HEADER + length;
  }
  return unusable('it is cut off');
}

function unusable(reason: string): ReadOutcome {
  return { kind: 'unusable', reason };
}

/** A section's text and the numbers behind it. */
export function joinParts(text: string, numbers: Uint8Array): Uint8Array {
  const json = Buffer.from(text);
  const joined = Buffer.alloc(4 + json.length + numbers.length);
  joined.writeUInt32LE(json.length, 0);
  joined.set(json, 4);
  joined.set(numbers, 4 + json.length);
  return joined;
}

export function splitParts(bytes: Uint8Array): { readonly json: unknown; readonly numbers: Uint8Array } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = buffer.readUInt32LE(0);
  return { json: JSON.parse(buffer.toString('utf8', 4, 4 + length)), numbers: bytes.subarray(4 + length) };
}
