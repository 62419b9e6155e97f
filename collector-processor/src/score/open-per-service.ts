import type { Series } from '../model/anomaly.ts';

type Whose = Pick<Series, 'tenant' | 'service'>;

/** How many findings are open on each service of a tenant. */
export class OpenPerService {
  private readonly counts = new Map<string, number>();

  of(whose: Whose): number {
    return this.counts.get(keyOf(whose)) ?? 0;
  }

  add(whose: Whose): void {
    this.counts.set(keyOf(whose), this.of(whose) + 1);
  }

  remove(whose: Whose): void {
    const left = this.of(whose) - 1;
    if (left > 0) this.counts.set(keyOf(whose), left);
    else this.counts.delete(keyOf(whose));
  }
}

function keyOf({ tenant, service }: Whose): string {
  return `${tenant}\n${service}`;
}
