import { expect, test } from '@jest/globals';
import { anAnomaly } from '../testing/builders';
import { logsLink, rangeAround, scoreLink, traceLink, tracesLink } from './explore-link';

const settings = { metricsUid: 'vm', logsUid: 'loki', tracesUid: 'tempo' };

const looked = (anomaly = anAnomaly()) => ({ evident: anomaly, span: rangeAround(anomaly) });

function paneOf(link: string | undefined) {
  return JSON.parse(new URLSearchParams(link?.split('?')[1]).get('panes') ?? '{}').sentinel;
}

test('the score of a series is asked for by its id, around the time of the anomaly', () => {
  const pane = paneOf(scoreLink(settings, looked()));
  expect(pane).toMatchObject({
    datasource: 'vm',
    queries: [{ refId: 'A', expr: 'anomaly_score{series_id="00000000000000a1"}' }, { refId: 'B' }],
    range: { from: String(1_760_000_000_000 - 300_000), to: String(1_760_000_020_000 + 300_000) },
  });
});

test('a service name cannot leave its quotes', () => {
  const series = { ...anAnomaly().series, service: 'a"} or {b="' };
  expect(paneOf(logsLink(settings, looked(anAnomaly({ series })))).queries[0].expr).toBe(
    '{service_name="a\\"} or {b=\\""}',
  );
});

test('traces are those of the service, failed ones where failures are odd', () => {
  const [query] = paneOf(tracesLink(settings, looked())).queries;
  expect(query).toMatchObject({ queryType: 'traceql', query: '{ resource.service.name="checkout" && status=error }' });
});

test('without a data source there is no link, and a trace id that is none is not followed', () => {
  expect(scoreLink({}, looked())).toBeUndefined();
  expect(logsLink({}, looked())).toBeUndefined();
  expect(tracesLink({}, looked())).toBeUndefined();
  expect(traceLink(settings, '} or {', rangeAround(anAnomaly()))).toBeUndefined();
});
