import { namesOf } from '../names-of';
import { MOST_ROWS, type SloOptions } from './options';
import type { PanelSlo } from './panel-slo';

type Choice = Pick<SloOptions, 'slo' | 'service' | 'sort' | 'rows'>;

/** Those that the options ask for, in their order. */
export function chooseSlos(slos: readonly PanelSlo[], { slo, service, sort, rows }: Choice): PanelSlo[] {
  const names = namesOf(slo);
  const services = namesOf(service);
  return slos
    .filter(
      (one) =>
        (names.length === 0 || names.includes(one.name) || names.includes(one.id)) &&
        (services.length === 0 || services.includes(one.service)),
    )
    .sort((a, b) => orders[sort](a, b) || a.name.localeCompare(b.name))
    .slice(0, Math.min(MOST_ROWS, Math.max(1, Math.floor(rows) || MOST_ROWS)));
}

/** What nobody can tell is the worst of all. */
const least = ({ left }: PanelSlo) => left?.value ?? -Infinity;
const fastest = ({ burn }: PanelSlo) => burn?.value ?? -Infinity;

const orders: Readonly<Record<SloOptions['sort'], (a: PanelSlo, b: PanelSlo) => number>> = {
  left: (a, b) => compare(least(a), least(b)),
  burn: (a, b) => compare(fastest(b), fastest(a)),
  name: () => 0,
};

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
