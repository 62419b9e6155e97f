import type { Resource } from '../model/resource.ts';
import { Changes, type ChangesParts } from './changes.ts';
import { Whereabouts } from './traces/whereabouts.ts';

/** A resource says the same until it is another one: it is looked at so often and no more. */
const AGAIN_AFTER_MS = 1000;
/** Resources that are remembered; one more takes the place of another, which is looked at again then. */
const PLACES = 4096;

/** What the resources of requests tell by themselves: that something was changed, and where services run. */
export class ResourceWatch {
  readonly changes: Changes;
  readonly whereabouts = new Whereabouts();
  readonly #latest: (Resource | undefined)[] = new Array<Resource | undefined>(PLACES).fill(undefined);
  readonly #tenants: string[] = new Array<string>(PLACES).fill('');
  readonly #seenMs = new Float64Array(PLACES);

  constructor(parts: ChangesParts) {
    this.changes = new Changes(parts);
  }

  observe(resource: Resource, tenant: string, nowMs: number): void {
    const place = resource.memberHash.low % PLACES;
    const isKnown = this.#latest[place] === resource && this.#tenants[place] === tenant;
    const sinceMs = nowMs - (this.#seenMs[place] as number);
    if (isKnown && sinceMs >= 0 && sinceMs < AGAIN_AFTER_MS) return;
    this.#latest[place] = resource;
    this.#tenants[place] = tenant;
    this.#seenMs[place] = nowMs;
    this.changes.observe(resource, tenant, nowMs);
    this.whereabouts.observe(resource, tenant, nowMs);
  }
}
