import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';
import { keyOf, type ServiceRow } from './service-rows';
import { percentText, rateText, secondsText } from './service-words';

/** Red for the share of calls that fail, a quiet colour for the rest; the words stand beside it. */
const colours = { failed: 'red', rest: 'blue' } as const;

/** Nodes and edges in the shape of Grafana's node graph panel. */
export function graphFrames(rows: readonly ServiceRow[]): DataFrame[] {
  const shown = new Set(rows.map(({ id }) => id));
  const edges = rows
    .flatMap((row) => row.callees)
    .filter((edge) => shown.has(keyOf(edge, edge.to)))
    .map((edge) => ({ edge, source: keyOf(edge, edge.from), target: keyOf(edge, edge.to) }));
  const arc = (name: keyof typeof colours, displayName: string, values: number[]) => ({
    name: `arc__${name}`,
    type: FieldType.number,
    values,
    config: { displayName, color: { mode: 'fixed', fixedColor: colours[name] } },
  });
  const nodes = toDataFrame({
    name: 'nodes',
    meta: { preferredVisualisationType: 'nodeGraph' },
    fields: [
      { name: 'id', type: FieldType.string, values: rows.map(({ id }) => id) },
      { name: 'title', type: FieldType.string, values: rows.map(({ service }) => service) },
      { name: 'subtitle', type: FieldType.string, values: rows.map(({ environment }) => environment) },
      text(
        'mainstat',
        t('services.requests', 'Requests'),
        rows.map(({ rate }) => rateText(rate)),
      ),
      text(
        'secondarystat',
        t('services.errors', 'Errors'),
        rows.map(({ errorRatio }) => percentText(errorRatio)),
      ),
      arc(
        'failed',
        t('services.arc-failed', 'Failed calls'),
        rows.map(({ errorRatio = 0 }) => errorRatio),
      ),
      arc(
        'rest',
        t('services.arc-rest', 'Other calls'),
        rows.map(({ errorRatio = 0 }) => 1 - errorRatio),
      ),
    ],
  });
  const lines = toDataFrame({
    name: 'edges',
    meta: { preferredVisualisationType: 'nodeGraph' },
    fields: [
      { name: 'id', type: FieldType.string, values: edges.map(({ source, target }) => `${source} ${target}`) },
      { name: 'source', type: FieldType.string, values: edges.map(({ source }) => source) },
      { name: 'target', type: FieldType.string, values: edges.map(({ target }) => target) },
      text(
        'mainstat',
        t('services.requests', 'Requests'),
        edges.map(({ edge }) => rateText(edge.rate)),
      ),
      text(
        'secondarystat',
        t('services.p95', 'p95'),
        edges.map(({ edge }) => secondsText(edge.p95Seconds ?? undefined)),
      ),
    ],
  });
  return [nodes, lines];
}

function text(name: string, displayName: string, values: string[]) {
  return { name, type: FieldType.string, values, config: { displayName } };
}
