import type { Resource } from '../model/resource.ts';
import { Changes, type ChangesParts } from './changes.ts';
import { Whereabouts } from './traces/whereabouts.ts';

/** What the resources of requests tell by themselves: that something was changed, and where services run. */
export class ResourceWatch {
  readonly changes: Changes;
  readonly whereabouts = new Whereabouts();

  constructor(parts: ChangesParts) {
    this.changes = new Changes(parts);
  }

  observe(resource: Resource, tenant: string, nowMs: number): void {
    this.changes.observe(resource, tenant, nowMs);
    this.whereabouts.observe(resource, tenant, nowMs);
  }
}
