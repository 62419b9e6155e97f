import type { Slo, SloTier } from '../../api/slos';

const loudest = ['burning', 'rising', 'recovering', 'waits'] as const;

/** The tier that the status is about; when nothing burns, the one with the shortest windows. */
export function tierOfStatus({ tiers }: Pick<Slo, 'tiers'>): SloTier | undefined {
  return loudest.map((state) => tiers.find((tier) => tier.state === state)).find(Boolean) ?? tiers[0];
}

/** How fast the budget goes: over the long window, because the short one jumps with every error. */
export function burnNow(slo: Pick<Slo, 'tiers'>): number | null {
  return tierOfStatus(slo)?.longRate ?? null;
}
