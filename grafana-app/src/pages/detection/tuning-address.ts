import type { ChangeUrl, UrlForm } from '../../app/use-url-state';

/** What is chosen on the page of the rules. */
export interface TuningAddress {
  /** The page has no search; the series is looked for by its own field. */
  readonly q: '';
  /** Id of the series that is shown; empty for none. */
  readonly series: string;
  /** Grafana's time words or epoch milliseconds. */
  readonly from: string;
  readonly to: string;
  /** Id of the feedback whose receipt is open. */
  readonly receipt: string;
}

export type ChangeTuning = ChangeUrl<TuningAddress>;

const defaults = { series: '', from: 'now-1h', to: 'now', receipt: '' } as const;
const names = ['series', 'from', 'to', 'receipt'] as const;

function parse(parameters: URLSearchParams): TuningAddress {
  const text = (name: (typeof names)[number]) => parameters.get(name) ?? defaults[name];
  return { q: '', series: text('series'), from: text('from'), to: text('to'), receipt: text('receipt') };
}

/** Only what differs from the defaults stands in the address. */
function write(address: TuningAddress): URLSearchParams {
  return new URLSearchParams(
    names.filter((name) => address[name] !== defaults[name]).map((name) => [name, address[name]]),
  );
}

export const tuningForm: UrlForm<TuningAddress> = { parse, write, questionOf: () => '', start: {} };
