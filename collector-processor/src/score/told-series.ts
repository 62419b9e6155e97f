import type { Measure, Series } from '../model/anomaly.ts';
import type { Heard } from './series-judge.ts';
import { Hasher, hashText, hexOf } from './state/hash64.ts';

const NEW_TEMPLATE = 0x6e6577;
const NEW_EDGE = 0x65646765;

/** Made once for each series, so that rules find them again. */
const known = new WeakMap<Series, Map<Measure, Series>>();

/** The series that a finding is about, and that rules are for; a template that is still new is told as news, not as a rate. */
export function toldSeries({ entry, verdict, reading }: Pick<Heard, 'entry' | 'verdict' | 'reading'>): Series {
  const { series } = entry;
  const { toldAs } = reading;
  if (toldAs !== undefined) return as(series, toldAs, () => hashText(toldAs).low);
  if (!verdict.learning) return series;
  if (!Number.isNaN(reading.detail) && series.measure === 'rate') return as(series, 'new_edge', () => NEW_EDGE);
  return series.measure === 'template_rate' ? as(series, 'new_template', () => NEW_TEMPLATE) : series;
}

function as(series: Series, measure: Measure, mark: () => number): Series {
  const all = known.get(series) ?? new Map<Measure, Series>();
  known.set(series, all);
  let told = all.get(measure);
  if (told === undefined) {
    told = { ...series, id: otherId(series.id, mark()), measure };
    all.set(measure, told);
  }
  return told;
}

/** Of a series that is told as something else. */
function otherId(id: string, mark: number): string {
  const { low, high } = new Hasher().reset(parseHalf(id, 8), parseHalf(id, 0)).mix(mark, 0);
  return hexOf(low, high);
}

function parseHalf(id: string, from: number): number {
  return Number.parseInt(id.slice(from, from + 8), 16);
}
