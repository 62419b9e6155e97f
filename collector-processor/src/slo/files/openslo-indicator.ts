import type { Indicator, WindowQuery } from '../../model/slo.ts';
import { fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import { hasWindow } from '../promql/parse-query.ts';
import { momentAt, queryAt } from './common-parts.ts';
import type { OpenSloIndicator, OpenSloSource } from './openslo-schema.ts';
import { readSource, toQuery } from './openslo-source.ts';

type Path = readonly (string | number)[];
type Ratio = NonNullable<OpenSloIndicator['ratioMetric']>;

/** An SLI before an objective says what is good enough. */
export type Measured =
  | { readonly kind: 'ratio'; readonly ratio: Extract<Indicator, { kind: 'events' | 'share' }> }
  | { readonly kind: 'threshold'; readonly query: string };

interface Place {
  readonly path: Path;
  readonly typeOf: (dataSource: string) => string | undefined;
}

/** `typeOf` answers the type of a DataSource by its name. */
export function readIndicator({ ratioMetric, thresholdMetric }: OpenSloIndicator, place: Place): Part<Measured> {
  if (ratioMetric !== undefined && thresholdMetric === undefined) {
    const below = { ...place, path: [...place.path, 'ratioMetric'] };
    return ratioMetric.raw === undefined
      ? readEvents(ratioMetric, below)
      : readRaw(ratioMetric, ratioMetric.raw, below);
  }
  if (thresholdMetric !== undefined && ratioMetric === undefined) {
    const path = [...place.path, 'thresholdMetric'];
    const query = then(readSource(thresholdMetric, path, place.typeOf), (text) =>
      momentAt(text, [...path, ...toQuery]),
    );
    return then(query, (text) => part({ kind: 'threshold', query: text }));
  }
  return faults(fault(place.path, 'An SLI has either thresholdMetric or ratioMetric.', 'Keep one of them.'));
}

function readEvents({ good, bad, total, counter = true }: Ratio, { path, typeOf }: Place): Part<Measured> {
  const outcome = good === undefined ? 'bad' : 'good';
  const counted = good ?? bad;
  if (counted === undefined || total === undefined || (good !== undefined && bad !== undefined)) {
    const message = 'A ratioMetric has total and one of good and bad, or raw alone.';
    return faults(fault(path, message, 'Keep one of these forms.'));
  }
  const queryOf = (source: OpenSloSource, name: string): Part<WindowQuery> =>
    then(readSource(source, [...path, name], typeOf), (text) =>
      queryAt(text, [...path, name, ...toQuery], counter ? 'counters' : 'gauges'),
    );
  const read = together({ query: queryOf(counted, outcome), total: queryOf(total, 'total') });
  return then(read, (queries) => part({ kind: 'ratio', ratio: { kind: 'events', outcome, ...queries } }));
}

/** A ratio that is a series already is averaged over the window. */
function readRaw({ rawType, good, bad, total }: Ratio, raw: OpenSloSource, { path, typeOf }: Place): Part<Measured> {
  if ([good, bad, total].some((one) => one !== undefined)) {
    return faults(fault(path, 'raw stands beside good, bad or total.', 'Keep raw alone, or take it out.'));
  }
  if (rawType === undefined) {
    return faults(fault(path, 'raw says nothing without rawType.', 'Add rawType: success or failure.'));
  }
  return then(readSource(raw, [...path, 'raw'], typeOf), (text) => {
    const average = hasWindow(text) ? `(${text})` : `avg_over_time((${text})[{{.window}}:1m])`;
    const bad: WindowQuery = { text: rawType === 'failure' ? average : `1 - ${average}`, counts: 'unknown' };
    return part({ kind: 'ratio', ratio: { kind: 'share', bad } });
  });
}
