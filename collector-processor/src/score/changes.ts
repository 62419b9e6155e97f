import type { Change } from '../model/anomaly.ts';
import type { Resource } from '../model/resource.ts';

export interface ChangesParts {
  readonly newId: () => string;
  readonly onChange: (change: Change) => void;
}

/** Versions seen within this time belong to one rollout. */
const ROLLOUT_MS = 10 * 60_000;
/** A newer version that was not seen for this long, while an older one goes on, was rolled back. */
const ROLLBACK_MS = 2 * 60_000;
const MAX_SERVICES = 10_000;
const MAX_VERSIONS = 20;

/** Version → when it was last seen, oldest first. */
type KnownVersions = Map<string, number>;
export type SavedVersions = readonly (readonly [service: string, versions: readonly (readonly [string, number])[]])[];

/**
 * Deploys, seen as another `service.version` of a known service. The first version ever seen is no change. While a rollout
 * mixes old and new, the new one is told once; an old version that comes back after a while is told again.
 */
export class Changes {
  private readonly parts: ChangesParts;
  private services = new Map<string, KnownVersions>();

  constructor(parts: ChangesParts) {
    this.parts = parts;
  }

  observe(resource: Resource, tenant: string, nowMs: number): void {
    const { service, namespace, environment, version } = resource;
    if (version === '' || service === '') return;
    const key = [tenant, namespace, service, environment].join('\n');
    const versions = this.services.get(key);
    if (versions === undefined) {
      this.add(key, version, nowMs);
      return;
    }
    const lastSeen = versions.get(version) ?? -Infinity;
    const from = [...versions.keys()].at(-1) ?? '';
    const goneSince = versions.get(from) ?? nowMs;
    const rolledBack = nowMs - goneSince >= ROLLBACK_MS;
    if (from === version || (nowMs - lastSeen < ROLLOUT_MS && !rolledBack)) {
      versions.set(version, nowMs);
      return;
    }
    versions.delete(version);
    versions.set(version, nowMs);
    const oldest = versions.size > MAX_VERSIONS ? versions.keys().next().value : undefined;
    if (oldest !== undefined) versions.delete(oldest);
    const what = { tenant, kind: 'deploy', service, environment, from, to: version } as const;
    this.parts.onChange({
      id: this.parts.newId(),
      ...what,
      timeMs: rolledBack && lastSeen > goneSince ? goneSince : nowMs,
      source: 'resource',
    });
  }

  /** Service → versions, for a snapshot. */
  save(): SavedVersions {
    return [...this.services].map(([key, versions]) => [key, [...versions]]);
  }

  load(saved: SavedVersions): void {
    this.services = new Map(saved.map(([key, versions]) => [key, new Map(versions)]));
  }

  private add(key: string, version: string, nowMs: number): void {
    const oldest = this.services.size >= MAX_SERVICES ? this.services.keys().next().value : undefined;
    if (oldest !== undefined) this.services.delete(oldest);
    this.services.set(key, new Map([[version, nowMs]]));
  }
}
