import type { Draws } from '../random-draws.ts';
import { Instance } from './instance.ts';
import type { Seen, StreamSpec } from './stream.ts';

export interface ServiceSpec {
  readonly name: string;
  readonly streams: readonly StreamSpec[];
  readonly instances: number;
  /** When all instances are replaced one after the other by those of the next version. */
  readonly deploysMs: readonly number[];
  /** When nothing at all is sent. */
  readonly silences: readonly (readonly [startMs: number, endMs: number])[];
  /** Hours that local time is ahead of UTC. */
  localOffsetMs(timeMs: number): number;
}

export interface Export {
  readonly bytes: Uint8Array;
  readonly timeMs: number;
  readonly sentMs: number;
}

const RESTART_MS = 30_000;
const BETWEEN_RESTARTS_MS = 45_000;
const VERY_LATE_MS = 12_000;

/** A service that exports its metrics once a minute from each of its instances. */
export class Service {
  readonly spec: ServiceSpec;
  private readonly draws: Draws;
  private readonly phasesMs: readonly number[];
  private readonly running: Instance[];
  private versions: number[];

  constructor(spec: ServiceSpec, draws: Draws, startMs: number) {
    this.spec = spec;
    this.draws = draws;
    this.phasesMs = Array.from({ length: spec.instances }, () => Math.floor(draws.uniform() * 59_000));
    this.versions = this.phasesMs.map(() => 0);
    this.running = this.phasesMs.map((_phase, place) => this.launch(place, startMs));
  }

  /** Exports of the minute that starts here, in the order of their times; `seen` is what each stream showed, summed up. */
  minute(startMs: number, take: (sent: Export) => void): (Seen | undefined)[] {
    const seen = this.spec.streams.map((): Seen[] => []);
    const times = this.phasesMs.map((phaseMs) => startMs + phaseMs);
    const up = times.map((timeMs, place) => this.isUp(place, timeMs));
    const running = up.filter(Boolean).length;
    for (const [place, timeMs] of times.entries()) {
      if (up[place] === false) continue;
      const localMs = timeMs + this.spec.localOffsetMs(timeMs);
      const { bytes, seen: shown } = (this.running[place] as Instance).emit(timeMs, { localMs, running });
      shown.forEach((one, stream) => one !== undefined && (seen[stream] as Seen[]).push(one));
      const delayMs = 50 + 700 * this.draws.uniform() + (this.draws.uniform() < 0.002 ? VERY_LATE_MS : 0);
      if (bytes !== undefined) take({ bytes, timeMs, sentMs: timeMs + delayMs });
    }
    return seen.map((shown, stream) => this.together(shown, this.spec.streams[stream] as StreamSpec));
  }

  /** Restarts what has to be restarted by now. */
  private isUp(place: number, timeMs: number): boolean {
    if (this.spec.silences.some(([from, to]) => timeMs >= from && timeMs < to)) return false;
    const version = this.spec.deploysMs.filter((at) => timeMs >= at + place * BETWEEN_RESTARTS_MS).length;
    if (version === this.versions[place]) return true;
    const upMs = (this.spec.deploysMs[version - 1] as number) + place * BETWEEN_RESTARTS_MS + RESTART_MS;
    if (timeMs < upMs) return false;
    this.versions[place] = version;
    this.running[place] = this.launch(place, upMs);
    return true;
  }

  private launch(place: number, startedMs: number): Instance {
    const version = this.versions[place] as number;
    const resource = {
      'service.name': this.spec.name,
      'service.namespace': 'fleet',
      'service.version': `1.${version}.0`,
      'service.instance.id': `${this.spec.name}-${version}-${place}`,
      'host.name': `node-${place}`,
      'deployment.environment.name': 'production',
      'telemetry.sdk.language': 'java',
    };
    return new Instance(this.spec.streams, { draws: this.draws, resource, startedMs });
  }

  private together(shown: readonly Seen[], { model }: StreamSpec): Seen | undefined {
    if (shown.length === 0) return undefined;
    // Counts as a rate a minute, as a store of metrics has them.
    const sumOf = (amount: (one: Seen) => number): number => shown.reduce((sum, one) => sum + amount(one), 0);
    const requests = sumOf((one) => one.requests / one.minutes);
    const value =
      model.form === 'count' ? sumOf((one) => one.value / one.minutes) : sumOf((one) => one.value) / shown.length;
    return { value, requests, minutes: 1 };
  }
}
