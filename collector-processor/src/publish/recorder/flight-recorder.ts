import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ExportRequest } from '../../model/export-request.ts';
import type { IncidentSummary } from '../../model/incident.ts';
import type { Clock } from '../../runtime/clock.ts';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import type { Service } from '../../runtime/lifecycle.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { Tape, type TapeLimits } from './tape.ts';
import { writeRecording } from './write-recording.ts';

export interface RecorderOptions extends TapeLimits {
  readonly enabled: boolean;
  readonly maxRecordings: number;
  /** Of the recordings. */
  readonly folder: string;
  /** Of one body, inflated. */
  readonly maxMessage: number;
}

/** What was written when an incident opened; `sentinel replay` reads the files. */
export interface Recording {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export interface FlightRecorder extends Service {
  /** The bytes of a request that was received; copied when it is kept. Cheap, and never throws. */
  keep(request: ExportRequest, protobuf: Uint8Array): void;
  /** News of an incident: when it has just opened, what was received of late is written. */
  incident(incident: Pick<IncidentSummary, 'id' | 'tenant' | 'openedAtMs'>): void;
  /** Undefined when there is none. */
  recordingOf(incidentId: string): Promise<Recording | undefined>;
}

interface RecorderParts {
  readonly options: RecorderOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

const MOST_SEEN = 10_000;

export function createFlightRecorder({ options, clock, logger, metrics }: RecorderParts): FlightRecorder {
  const tape = new Tape(options);
  const counted = (outcome: string) =>
    metrics.counter({
      name: 'sentinel_recordings_total',
      help: 'Recordings of incidents, by outcome.',
      labels: { outcome },
    });
  const [written, failed] = [counted('written'), counted('failed')];
  const unreadable = metrics.counter({
    name: 'sentinel_recorder_unreadable_total',
    help: 'Requests that were kept, and could not be inflated when they were to be written.',
  });
  metrics.gauge({ name: 'sentinel_recorder_bytes', help: 'Memory of what was received of late.' }, () => tape.bytes);
  const early = 'Requests that the recorder gave up before their time, for want of room.';
  metrics.gauge({ name: 'sentinel_recorder_dropped', help: early }, () => tape.dropped);
  const seen = new Set<string>();
  let writing: Promise<void> = Promise.resolve();

  async function write(incidentId: string, tenant: string): Promise<void> {
    const folder = folderOf(incidentId);
    try {
      // The bytes are held by this list from now on, whatever the tape gives up.
      const recorded = tape.of(tenant, clock.nowMs());
      if (recorded.length === 0 || (await filesIn(folder)) !== undefined) return;
      const told = await writeRecording(folder, recorded, options.maxMessage);
      unreadable.add(told.unreadable);
      written.add(1);
      await prune();
    } catch (error) {
      failed.add(1);
      logger.error({ incident: incidentId, error: messageOf(error) }, 'What led to an incident could not be written.');
    }
  }

  async function prune(): Promise<void> {
    const names = (await readdir(options.folder)).filter((name) => /^incident-\d+$/.test(name));
    const byAge = names.sort((left, right) => numberOf(left) - numberOf(right));
    const over = byAge.slice(0, Math.max(0, byAge.length - options.maxRecordings));
    for (const name of over) await rm(join(options.folder, name), { recursive: true, force: true });
  }

  const folderOf = (incidentId: string): string => resolve(options.folder, `incident-${incidentId}`);

  return {
    name: 'recorder',
    start: () => Promise.resolve(),
    stop: () => writing,
    keep(request, protobuf) {
      if (options.enabled) tape.keep(request, protobuf);
    },
    incident({ id, tenant, openedAtMs }) {
      if (!options.enabled || seen.has(id)) return;
      if (seen.size >= MOST_SEEN) seen.clear();
      seen.add(id);
      // Those that a restart brought back were written when they opened.
      if (clock.nowMs() - openedAtMs < options.window) writing = writing.then(() => write(id, tenant));
    },
    async recordingOf(incidentId) {
      if (!/^\d+$/.test(incidentId)) return undefined;
      const folder = folderOf(incidentId);
      const files = await filesIn(folder);
      return files && { folder, files };
    },
  };
}

function numberOf(name: string): number {
  return Number(name.split('-')[1]);
}

async function filesIn(folder: string): Promise<Recording['files'] | undefined> {
  try {
    const names = (await readdir(folder)).sort();
    return await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
