import type { Measure, Series } from '../../model/anomaly.ts';
import { type Calendar, type CalendarOptions, Calendars } from '../calendar/calendars.ts';
import { Ensemble, type EnsembleOptions } from '../ensemble.ts';
import { Onset } from '../onset.ts';
import type { Detector } from '../scorer.ts';
import type { StatePart } from './slot-state.ts';

/** Series of one chunk; the store grows by whole chunks. */
const CHUNK_BITS = 9;
const CHUNK = 1 << CHUNK_BITS;

export interface SeriesStoreOptions extends EnsembleOptions {
  readonly maxSeries: number;
  readonly calendar: CalendarOptions;
}

/** One scored series: who it is, and where its state is. */
export interface SeriesEntry {
  readonly slot: number;
  readonly subject: number;
  readonly measure: Measure;
  readonly series: Series;
  readonly ensemble: Ensemble;
  readonly onset: Onset;
  readonly calendar: Calendar;
  /** Slot inside the chunk. */
  readonly at: number;
  lastScore: number;
  lastValue: number;
  lastTimeMs: number;
  stepMs: number;
}

interface Chunk {
  readonly ensemble: Ensemble;
  readonly onset: Onset;
}

/**
 * The scored series. State lives in typed arrays, a chunk of 512 series at a time, up to `maxSeries`; freed slots are
 * cleared and used again before a new chunk is made. Which series may take a slot is decided by the subject store.
 */
export class SeriesStore {
  private readonly options: SeriesStoreOptions;
  private readonly detectors: readonly Detector[];
  private readonly chunks: Chunk[] = [];
  private readonly entries: (SeriesEntry | undefined)[] = [];
  private readonly freeSlots: number[] = [];
  private readonly calendars: Calendars;
  private used = 0;

  constructor(detectors: readonly Detector[], options: SeriesStoreOptions) {
    this.detectors = detectors;
    this.options = options;
    this.calendars = new Calendars(options.calendar);
  }

  get size(): number {
    return this.used - this.freeSlots.length;
  }

  get free(): number {
    return this.options.maxSeries - this.size;
  }

  /** The parts of a series' state, as every chunk has them. */
  get parts(): readonly StatePart[] {
    return (this.chunks[0] ?? this.createChunk(1)).ensemble.parts;
  }

  get(slot: number): SeriesEntry | undefined {
    return this.entries[slot];
  }

  /** Undefined when the store is full. */
  add(subject: number, series: Series): SeriesEntry | undefined {
    const slot = this.freeSlots.pop() ?? this.grow();
    if (slot === undefined) return undefined;
    const chunk = this.chunks[slot >> CHUNK_BITS] ?? this.createChunk(CHUNK);
    this.chunks[slot >> CHUNK_BITS] = chunk;
    const at = slot & (CHUNK - 1);
    const entry = {
      slot,
      subject,
      measure: series.measure,
      series,
      ...chunk,
      calendar: this.calendars.of(series),
      at,
      lastScore: NaN,
      lastValue: NaN,
      lastTimeMs: 0,
      stepMs: 0,
    };
    this.entries[slot] = entry;
    return entry;
  }

  remove(slot: number): void {
    const entry = this.entries[slot];
    if (entry === undefined) return;
    entry.ensemble.clear(entry.at);
    entry.onset.state.clear(entry.at);
    this.entries[slot] = undefined;
    this.freeSlots.push(slot);
  }

  /** In the order of slots, from one on. */
  *from(slot: number): Generator<SeriesEntry> {
    for (let at = slot; at < this.entries.length; at++) {
      const entry = this.entries[at];
      if (entry !== undefined) yield entry;
    }
  }

  private grow(): number | undefined {
    return this.used < this.options.maxSeries ? this.used++ : undefined;
  }

  private createChunk(capacity: number): Chunk {
    return {
      ensemble: new Ensemble(capacity, this.detectors, this.options),
      onset: new Onset(capacity),
    };
  }
}
