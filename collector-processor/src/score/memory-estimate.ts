import { Onset } from './onset.ts';
import type { ScoreOptions } from './options.ts';
import { detectors } from './registry.ts';
import { SeriesStore } from './state/series-store.ts';

/** What is to be watched. */
export interface Demand {
  readonly series: number;
  /** Raw metric streams: a series of several instances has one for each. */
  readonly streams: number;
}

export interface MemoryPart {
  readonly what: string;
  readonly count: number;
  readonly bytesEach: number;
}

/** A table is made whole at the start, but costs memory only as far as it is written. */
const SUBJECT_BYTES = 85;
const STREAM_BYTES = 112;
/** Names, labels and identity of a series as objects, measured. */
const OBJECT_BYTES = 900;
/** A row of an open bucket: its numbers, two trace ids, some bins of a distribution. */
const ROW_BYTES = 170;
/** Buckets that take items or are being closed, beside those that wait and those ahead. */
const PRESENT_BUCKETS = 2;
const HISTORY_POINT_BYTES = 32;
/** Resident before anything is watched: program, libraries, a young heap, measured. */
const EMPTY_BYTES = 165 * 1024 * 1024;
/** Garbage that V8 leaves lying beside what is in use. */
const SLACK = 1.15;

/** What scoring so much would cost, part by part, in bytes; beyond the limits of the settings nothing costs more. */
export function memoryParts(options: ScoreOptions, { series, streams }: Demand): MemoryPart[] {
  const watched = Math.min(series, options.maxSeries);
  const followed = Math.min(streams, options.maxStreams);
  const { lateBuckets, futureBuckets, history } = options;
  return [
    { what: 'program, empty', count: 1, bytesEach: EMPTY_BYTES },
    { what: 'series, scored in full', count: watched, bytesEach: SLACK * (stateBytes(options) + SUBJECT_BYTES) },
    { what: 'their names and labels', count: watched, bytesEach: SLACK * OBJECT_BYTES },
    { what: 'metric streams', count: followed, bytesEach: STREAM_BYTES },
    {
      what: 'rows of open buckets',
      count: watched * (PRESENT_BUCKETS + lateBuckets + futureBuckets),
      bytesEach: ROW_BYTES,
    },
    {
      what: 'score history, at most',
      count: Math.min(watched, history.series),
      bytesEach: history.points * HISTORY_POINT_BYTES,
    },
  ];
}

/** Of one series in all detectors, the ensemble and its onset. */
function stateBytes(options: ScoreOptions): number {
  const parts = new SeriesStore(detectors, { ...options, maxSeries: 1 }).parts;
  const states = [...parts.map(({ state }) => state), new Onset(1).state];
  return states.reduce((bytes, { bytesPerSeries }) => bytes + bytesPerSeries, 0);
}
