import type { Change } from '../model/anomaly.ts';
import type { Resource } from '../model/resource.ts';
import { type ChangeMarks, createMarks, type MarksOf } from './change-marks.ts';
import { InstanceSets } from './instance-sets.ts';

export interface ChangesParts {
  readonly newId: () => string;
  readonly onChange: (change: Change) => void;
  readonly marks: ChangeMarks;
}

/** Versions seen within this time belong to one rollout. */
const ROLLOUT_MS = 10 * 60_000;
/** A newer version that was not seen for this long, while an older one goes on, was rolled back. */
const ROLLBACK_MS = 2 * 60_000;
/** Services and marks of services, the one that was new longest ago goes first. */
const MAX_ENTRIES = 20_000;
const MAX_VERSIONS = 20;

/** Value → when it was last seen, oldest first. */
type KnownValues = Map<string, number>;
export type SavedVersions = readonly (readonly [service: string, versions: readonly (readonly [string, number])[]])[];

interface Told {
  readonly from: string;
  readonly timeMs: number;
}

/**
 * Changes as resource attributes show them: another `service.version` or image of a known service is a deploy, another hash of
 * its settings a configuration change, another value of a flag a flag change, another number of instances a configuration
 * change. The first value ever seen is no change. While a rollout mixes old and new, the new one is told once; an old one that
 * comes back after a while is told again. What else changes with a new version belongs to that deploy.
 */
export class Changes {
  readonly #parts: ChangesParts;
  readonly #marksOf: MarksOf;
  readonly #instances = new InstanceSets();
  /** Service → when it was last deployed. */
  readonly #deployed = new Map<string, number>();
  #known = new Map<string, KnownValues>();

  constructor(parts: ChangesParts) {
    this.#parts = parts;
    this.#marksOf = createMarks(parts.marks);
  }

  observe(resource: Resource, tenant: string, nowMs: number): void {
    const { service, namespace, environment, version, member } = resource;
    if (service === '') return;
    const key = [tenant, namespace, service, environment].join('\n');
    const about = { tenant, service, environment };
    const told = version === '' ? undefined : this.#look(key, version, nowMs);
    if (told !== undefined) this.#tell({ ...about, kind: 'deploy', to: version, ...told }, key, nowMs);
    for (const { kind, name, value } of this.#marksOf(resource)) {
      const seen = this.#look(`${key}\n${name}`, value, nowMs);
      if (seen === undefined || (kind === 'deploy' && this.#isRollout(key, nowMs))) continue;
      const from = kind === 'deploy' ? seen.from : `${name} ${seen.from}`;
      this.#tell(
        { ...about, kind, from, to: kind === 'deploy' ? value : `${name} ${value}`, timeMs: seen.timeMs },
        key,
        nowMs,
      );
    }
    const scaled = member === '' ? undefined : this.#instances.see(key, resource.memberHash, nowMs);
    if (scaled === undefined || this.#isRollout(key, nowMs)) return;
    const [from, to] = [scaled.from, scaled.to].map((count) => `${String(count)} instances`);
    this.#tell({ ...about, kind: 'configuration', from: from ?? '', to: to ?? '', timeMs: scaled.timeMs }, key, nowMs);
  }

  /** Service (and mark) → values, for a snapshot. */
  save(): SavedVersions {
    return [...this.#known].map(([key, values]) => [key, [...values]]);
  }

  load(saved: SavedVersions): void {
    this.#known = new Map(saved.map(([key, values]) => [key, new Map(values)]));
  }

  #tell(change: Omit<Change, 'id' | 'source'>, key: string, nowMs: number): void {
    if (change.kind === 'deploy') this.#deployed.set(key, nowMs);
    forgetOldest(this.#deployed, MAX_ENTRIES);
    this.#parts.onChange({ id: this.#parts.newId(), ...change, source: 'resource' });
  }

  #isRollout(key: string, nowMs: number): boolean {
    return nowMs - (this.#deployed.get(key) ?? -Infinity) < ROLLOUT_MS;
  }

  /** What it was before and since when it is another, if it is. */
  #look(key: string, value: string, nowMs: number): Told | undefined {
    const values = this.#known.get(key);
    if (values === undefined) {
      this.#known.set(key, new Map([[value, nowMs]]));
      forgetOldest(this.#known, MAX_ENTRIES);
      return undefined;
    }
    const lastSeen = values.get(value) ?? -Infinity;
    const from = [...values.keys()].at(-1) ?? '';
    const goneSince = values.get(from) ?? nowMs;
    const rolledBack = nowMs - goneSince >= ROLLBACK_MS;
    if (from === value || (nowMs - lastSeen < ROLLOUT_MS && !rolledBack)) {
      values.set(value, nowMs);
      return undefined;
    }
    values.delete(value);
    values.set(value, nowMs);
    forgetOldest(values, MAX_VERSIONS);
    return { from, timeMs: rolledBack && lastSeen > goneSince ? goneSince : nowMs };
  }
}

function forgetOldest(map: Map<string, unknown>, most: number): void {
  const oldest = map.size > most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
