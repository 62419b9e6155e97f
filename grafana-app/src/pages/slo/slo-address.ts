import type { Slo, SloRange } from '../../api/slos';
import type { ChangeUrl, UrlForm } from '../../app/use-url-state';
import { toSpan, type Words } from '../../components/range/time-words';

/** What is chosen on the page of one objective. */
export interface SloAddress {
  readonly q: string;
  /** Grafana's time words or epoch milliseconds; empty: the window of the objective. */
  readonly from: string;
  readonly to: string;
  /** A correction is being written. */
  readonly correction: 'new' | '';
}

export type ChangeSlo = ChangeUrl<SloAddress>;

export const sloForm: UrlForm<SloAddress> = {
  parse: (parameters) => ({
    q: '',
    from: parameters.get('from') ?? '',
    to: parameters.get('to') ?? '',
    correction: parameters.get('correction') === 'new' ? 'new' : '',
  }),
  write({ from, to, correction }) {
    const set = Object.entries({ from, to, correction }).filter(([, value]) => value !== '');
    return new URLSearchParams(set);
  },
  questionOf: ({ from, to }) => JSON.stringify([from, to]),
  start: {},
};

/** The chosen range in Grafana's words; without one the window of the objective. */
export function wordsOf({ from, to }: SloAddress, { rolling, window, fromMs }: Slo): Words {
  if (from !== '' && to !== '') {
    return { from, to };
  }
  return { from: rolling && /^\d+[mhdw]$/.test(window) ? `now-${window}` : String(fromMs), to: 'now' };
}

/** What the API is asked for: by its own reckoning where the window was not left. */
export function rangeOf({ from, to }: SloAddress): SloRange {
  if (from === '' || to === '') {
    return {};
  }
  const { fromMs, toMs } = toSpan({ from, to });
  return { from: Math.round(fromMs), to: Math.round(toMs) };
}
