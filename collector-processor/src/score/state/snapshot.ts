import type { Mask } from '../../runtime/masking.ts';
import type { PeerTable } from '../across/peer-table.ts';
import type { PlaceWatch, SavedPlaceEvent } from '../across/place-watch.ts';
import type { Changes, SavedVersions } from '../changes.ts';
import type { EarlierFindings, SavedEarlier } from '../earlier-findings.ts';
import type { Finding } from '../finding.ts';
import type { Findings } from '../findings.ts';
import { loadForecasts, saveForecasts, type SavedForecasts } from '../forecast/forecast-snapshot.ts';
import type { Forecaster } from '../forecast/forecaster.ts';
import type { NoveltyRates, SavedNovelty } from '../logs/novelty-rates.ts';
import type { SavedTemplates } from '../logs/template-memory.ts';
import type { TemplateMiner } from '../logs/template-miner.ts';
import type { TemplateOwners } from '../logs/template-owners.ts';
import { maskedIdentity } from '../masked-identity.ts';
import type { PageBudget, SavedPages } from '../page-budget.ts';
import { loadPeers, savePeers } from './peer-snapshot.ts';
import type { StatePart } from './slot-state.ts';
import {
  joinParts,
  readSnapshot,
  type Section,
  SectionKind,
  snapshotHeader,
  snapshotSection,
  splitParts,
} from './snapshot-format.ts';
import {
  layoutOf,
  loadNumbers,
  loadSubject,
  type SavedPart,
  type SavedSubject,
  saveNumbers,
  saveSubject,
  type Stores,
} from './subject-snapshot.ts';
import { loadWatches, saveWatches } from './watch-snapshot.ts';

/** What is known of log lines. */
export interface LogMemory {
  readonly miner: TemplateMiner;
  readonly owners: TemplateOwners;
  readonly novelty: NoveltyRates;
}

export interface Snapshotted extends Stores {
  readonly findings: Findings;
  readonly earlier: EarlierFindings;
  readonly pages: PageBudget;
  readonly peers: PeerTable;
  readonly places: PlaceWatch;
  readonly changes: Changes;
  readonly logs: LogMemory;
  /** What is known of subjects beside their series. */
  readonly watches: readonly StatePart[];
  readonly forecaster: Forecaster;
  readonly bucketMs: number;
  /** Its patterns may have changed since names were kept. */
  readonly mask: Mask;
}

export type RestoreOutcome = Restored | { readonly kind: 'fresh'; readonly reason: string };

export interface Restored {
  readonly kind: 'restored';
  readonly series: number;
  readonly templates: number;
  /** Subjects that found no room. */
  readonly leftOut: number;
  readonly savedAtMs: number;
  /** Why templates are learned anew although series are not. */
  readonly templatesFresh?: string;
}

interface Meta {
  readonly savedAtMs: number;
  readonly bucketMs: number;
  readonly parts: readonly SavedPart[];
}

const otherTemplates = 'its log templates are of another version';
/** Subjects of one section: a few MiB at most, so that writing never holds up the event loop. */
const SUBJECTS_PER_SECTION = 128;

/** What has been learned, as the bytes of a file, a piece at a time. */
export function* saveSnapshot(state: Snapshotted, savedAtMs: number): Generator<Uint8Array> {
  const { subjects, series, findings, changes, logs, bucketMs } = state;
  const parts = layoutOf(series.parts);
  const bytesPerSeries = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  yield snapshotHeader();
  yield jsonSection(SectionKind.meta, { savedAtMs, bucketMs, parts } satisfies Meta);
  for (let first = 0; first < subjects.extent; first += SUBJECTS_PER_SECTION) {
    const saved: SavedSubject[] = [];
    const numbers: Uint8Array[] = [];
    for (let subject = first; subject < Math.min(subjects.extent, first + SUBJECTS_PER_SECTION); subject++) {
      const description = saveSubject(state, subject);
      if (description === undefined) continue;
      saved.push(description);
      numbers.push(saveNumbers(state, subject, bytesPerSeries));
    }
    yield snapshotSection(SectionKind.subjects, joinParts(JSON.stringify(saved), Buffer.concat(numbers)));
  }
  for (const piece of logs.miner.save()) yield jsonSection(SectionKind.templates, piece);
  yield jsonSection(SectionKind.novelty, logs.novelty.save());
  for (const piece of saveWatches(subjects, state.watches)) yield snapshotSection(SectionKind.watches, piece);
  for (const { json, numbers } of saveForecasts(state.forecaster)) {
    yield snapshotSection(SectionKind.forecasts, joinParts(JSON.stringify(json), numbers));
  }
  yield jsonSection(SectionKind.changes, changes.save());
  yield jsonSection(SectionKind.findings, findings.all);
  yield jsonSection(SectionKind.earlier, state.earlier.save());
  yield snapshotSection(SectionKind.peers, savePeers(state.peers));
  yield jsonSection(SectionKind.places, state.places.save());
  yield jsonSection(SectionKind.pages, state.pages.save());
  yield snapshotSection(SectionKind.end, new Uint8Array(0));
}

/** Takes a snapshot up, or leaves everything as it is and says why. */
export function restoreSnapshot(state: Snapshotted, file: Uint8Array): RestoreOutcome {
  const read = readSnapshot(file);
  if (read.kind === 'unusable') return { kind: 'fresh', reason: read.reason };
  const meta = jsonOf(read.sections, SectionKind.meta) as Meta | undefined;
  if (meta === undefined) return { kind: 'fresh', reason: 'it does not say what it holds' };
  if (meta.bucketMs !== state.bucketMs) {
    return {
      kind: 'fresh',
      reason: `it was learned in buckets of ${meta.bucketMs} ms, and they are ${state.bucketMs} ms now`,
    };
  }
  const saved: SavedSubject[] = [];
  let leftOut = 0;
  for (const { kind, bytes } of read.sections) {
    if (kind !== SectionKind.subjects) continue;
    const { json, numbers } = splitParts(bytes);
    leftOut += loadSubjects(state, json as SavedSubject[], numbers, meta.parts, saved);
  }
  linkPresence(state, saved);
  for (const { kind, bytes } of read.sections)
    if (kind === SectionKind.watches) loadWatches(state.subjects, state.watches, bytes);
  state.changes.load((jsonOf(read.sections, SectionKind.changes) ?? []) as SavedVersions);
  const peers = read.sections.find(({ kind }) => kind === SectionKind.peers);
  if (peers !== undefined) loadPeers(state.peers, peers.bytes);
  state.places.load((jsonOf(read.sections, SectionKind.places) ?? []) as SavedPlaceEvent[]);
  state.pages.load((jsonOf(read.sections, SectionKind.pages) ?? []) as SavedPages);
  state.earlier.load((jsonOf(read.sections, SectionKind.earlier) ?? []) as SavedEarlier);
  resumeFindings(state, (jsonOf(read.sections, SectionKind.findings) ?? []) as Finding[]);
  for (const { kind, bytes } of read.sections) {
    if (kind === SectionKind.forecasts)
      loadForecasts(state.forecaster, splitParts(bytes) as SavedForecasts, state.mask);
  }
  const { miner, novelty } = state.logs;
  const known = loadLines(state.logs, read.sections);
  // When every line is of a new kind once more, that is no news.
  if (known) novelty.load((jsonOf(read.sections, SectionKind.novelty) ?? []) as SavedNovelty);
  const restored = { kind: 'restored', series: state.series.size, templates: miner.size, leftOut } as const;
  return { ...restored, savedAtMs: meta.savedAtMs, ...(known ? {} : { templatesFresh: otherTemplates }) };
}

/** False when they are of another version. */
function loadLines({ miner, owners }: LogMemory, sections: readonly Section[]): boolean {
  return sections
    .filter(({ kind }) => kind === SectionKind.templates)
    .every(({ bytes }) => miner.load(parse(bytes) as SavedTemplates, owners));
}

/** Returns how many subjects found no room. */
function loadSubjects(
  state: Snapshotted,
  subjects: readonly SavedSubject[],
  numbers: Uint8Array,
  parts: readonly SavedPart[],
  loaded: SavedSubject[],
): number {
  let at = 0;
  for (const [index, saved] of subjects.entries()) {
    const subject = loadSubject(state, { ...saved, identity: maskedIdentity(saved.identity, state.mask) });
    if (subject < 0) return subjects.length - index;
    at = loadNumbers(state, subject, parts, numbers, at);
    loaded.push(saved);
  }
  return 0;
}

function linkPresence({ subjects }: Snapshotted, saved: readonly SavedSubject[]): void {
  for (const { hash, presence } of saved) {
    if (presence !== null) subjects.presence[subjects.find(hash[0], hash[1])] = subjects.find(presence[0], presence[1]);
  }
}

/** Slots are of this process: open findings find theirs by the id of their series. */
function resumeFindings({ series, findings, mask }: Snapshotted, saved: readonly Finding[]): void {
  if (saved.length === 0) return;
  const slots = new Map([...series.from(0)].map((entry) => [entry.series.id, entry]));
  for (const finding of saved) {
    const entry = slots.get(finding.seriesId);
    if (entry === undefined) continue;
    entry.lastTimeMs = finding.endMs;
    const shown = { series: maskedIdentity(finding.series, mask), lines: finding.lines.map((line) => mask(line)) };
    findings.resume({ ...finding, ...shown, slot: entry.slot });
  }
}

function jsonSection(kind: number, content: unknown): Uint8Array {
  return snapshotSection(kind, Buffer.from(JSON.stringify(content)));
}

/** The checksum vouches for the shape: nobody but `saveSnapshot` writes these. */
function jsonOf(sections: readonly Section[], kind: number): unknown {
  const section = sections.find((candidate) => candidate.kind === kind);
  return section === undefined ? undefined : parse(section.bytes);
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString());
}
