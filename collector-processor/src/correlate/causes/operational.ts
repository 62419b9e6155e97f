import type { SeriesEvidence, ServiceEvidence } from './evidence.ts';
import { errorLines, type Situation } from './situation.ts';
import { sumOf } from './sum-of.ts';

/** A cause that no change brought about. */
export interface Pattern {
  readonly kind: 'demand' | 'shared-resource' | 'one-item' | 'outside' | 'together';
  /** What it counts beside changes. */
  readonly weight: number;
  readonly sentence: string;
  /** The host, node or zone that it is about. */
  readonly place?: string;
}

const DEMAND_TIMES = 1.8;
/** What is measured of a named host is read seldom, and may be seen a little after what it does. */
const LATE_MS = 60_000;
const ITEM_LINES = 5;
const ITEM_SHARE = 0.6;
const TOGETHER_MS = 60_000;
const ENOUGH_SHARE = 0.5;

/** What speaks against any change as the cause of trouble in this service. */
export function operationalPatterns(service: string, situation: Situation): readonly Pattern[] {
  return [demand, sharedResource, oneItem, outside, together].flatMap((look) => look(service, situation) ?? []);
}

function demand(service: string, { graph, evidence }: Situation): Pattern | undefined {
  const own = evidence.get(service)?.demand;
  if (own === undefined || own.deviation.now < DEMAND_TIMES * own.deviation.usual) return undefined;
  const callers = graph.callersOf(service);
  if (!callers.every((caller) => evidence.get(caller)?.demand !== undefined)) return undefined;
  const times = (own.deviation.now / own.deviation.usual).toFixed(1);
  return {
    kind: 'demand',
    weight: 3,
    sentence: `${service} gets ${times} times as many requests as usual, and so do all that call it`,
  };
}

function sharedResource(service: string, { facts, rows, evidence }: Situation): Pattern | undefined {
  const own = evidence.get(service)?.onsetMs ?? Infinity;
  const latest = Math.max(own, rows.fromMs) + LATE_MS;
  const found = [...evidence.values()].flatMap((one) => ofHost(one).map((item) => ({ item, host: one.service })));
  const ranked = found
    .filter(({ item }) => item.onsetMs <= (item.series.place === undefined ? own : latest))
    .sort(
      (left, right) => Number(left.item.series.place === undefined) - Number(right.item.series.place === undefined),
    );
  const [first] = ranked;
  if (first === undefined || (first.host === facts.alarm.service && first.item.series.place === undefined))
    return undefined;
  const { place = first.host } = first.item.series;
  const sentence =
    place === first.host ? `${place} was short of resources before ${service} was odd` : first.item.series.title;
  return { kind: 'shared-resource', weight: 2.5, sentence, place };
}

function ofHost({ items }: ServiceEvidence): readonly SeriesEvidence[] {
  return items.filter(
    (item): item is SeriesEvidence => item.kind === 'saturation' && /^(node|host|system)[._]/.test(item.series.name),
  );
}

function oneItem(service: string, situation: Situation): Pattern | undefined {
  const { kinds, all } = errorLines(situation, service);
  const perItem = new Map<string, number>();
  for (const { item, count } of kinds) if (item !== '') perItem.set(item, (perItem.get(item) ?? 0) + count);
  const [item, count] = [...perItem].sort((left, right) => right[1] - left[1])[0] ?? ['', 0];
  if (count < ITEM_LINES || count < ITEM_SHARE * all) return undefined;
  return { kind: 'one-item', weight: 3, sentence: `${count} of ${all} errors are about the same ${item}` };
}

function outside(service: string, situation: Situation): Pattern | undefined {
  const { kinds, all } = errorLines(situation, service);
  const abroad = kinds.filter((line) => line.outside !== '');
  const count = sumOf(abroad.map((line) => line.count));
  if (all === 0 || count < ENOUGH_SHARE * all) return undefined;
  return {
    kind: 'outside',
    weight: 2,
    sentence: `${count} of ${all} errors name ${abroad[0]?.outside ?? ''}, which is not one of the services`,
  };
}

/** Whoever became odd later may have caught it on a way that is not known, such as a queue. */
function together(service: string, { graph, evidence }: Situation): Pattern | undefined {
  const own = evidence.get(service)?.onsetMs ?? NaN;
  const related = new Set([...graph.inCallOrder(service), ...graph.leadingTo(service)]);
  const others = [...evidence.values()].filter(
    ({ service: name, onsetMs }) => !related.has(name) && onsetMs <= own && own - onsetMs <= TOGETHER_MS,
  );
  if (others.length < 2) return undefined;
  const names = others.map(({ service: name }) => name).join(', ');
  return {
    kind: 'together',
    weight: 1.5,
    sentence: `${names} became odd in the same minute without calling ${service}`,
  };
}
