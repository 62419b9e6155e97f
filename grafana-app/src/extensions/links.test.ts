import { beforeEach, expect, test } from '@jest/globals';
import { dateTime } from '@grafana/data';
import plugin from '../plugin.json';
import { granted } from '../testing/render';
import { forRule, forSeries, forTrace, toDetection, toIncidents } from './links';

const permissions = ['incidents', 'detection'].map((noun) => `sentinel-observability-app.${noun}:read`);

beforeEach(() => permissions.forEach((name) => (granted[name] = true)));

const labelled = (labels: Record<string, string>) => ({ labels });

function asked(path: string | undefined) {
  const [page, query] = (path ?? '').split('?');
  return { page, query: new URLSearchParams(query) };
}

test('every link is declared in plugin.json with the same words and places: Grafana drops others', () => {
  const links = [forSeries, forRule, forTrace, toIncidents, toDetection];
  const declared = links.map(({ title, description, targets }) => ({ targets: [targets].flat(), title, description }));
  expect(plugin.extensions.addedLinks).toEqual(declared);
  // Shorter ones are refused; a panel's menu cuts longer ones.
  links.forEach(({ title }) => expect(title.length).toBeGreaterThanOrEqual(10));
  expect(forSeries.title.length).toBeLessThan(25);
});

test('a panel leads to the services and the range that it shows, closed incidents included', () => {
  const context = {
    data: { series: [{ fields: [{}, labelled({ service_name: 'checkout' }), labelled({ service: 'cart' })] }] },
    timeRange: { from: 'now-3h', to: 'now' },
  };
  const { page, query } = asked(forSeries.configure?.(context)?.path);
  expect(page).toBe('/a/sentinel-observability-app/incidents');
  expect(query.getAll('service')).toEqual(['checkout', 'cart']);
  expect(Object.fromEntries(query)).toMatchObject({ state: 'all', from: 'now-3h', to: 'now' });
});

test('a chosen range is handed on as points of time', () => {
  const timeRange = { from: dateTime(1_760_000_000_000), to: dateTime(1_760_000_060_000) };
  const { query } = asked(forSeries.configure?.({ timeRange })?.path);
  expect(query.get('from')).toBe('1760000000000');
  expect(query.get('to')).toBe('1760000060000');
});

test.each([
  [{ expr: 'rate(x{service_name=~"cart|payment"}[5m])' }, ['cart', 'payment']],
  [{ expr: '{service_name="checkout"} |= "error"' }, ['checkout']],
  [{ query: '{resource.service.name="search" && status=error}' }, ['search']],
  [{ expr: 'up{service="$service"}' }, []],
  [{ expr: 'up{service=~".*"}' }, []],
  [{ expr: 'up{my_service="x"}' }, []],
  ['not a query', []],
])('without data the query %j names %j', (query, services) => {
  const { query: found } = asked(forSeries.configure?.({ targets: [query] })?.path);
  expect(found.getAll('service')).toEqual(services);
});

test('more services than can be a filter are no filter', () => {
  const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map((service) => ({ labels: { service } }));
  const { query } = asked(forSeries.configure?.({ data: { series: [{ fields }] } })?.path);
  expect(query.getAll('service')).toEqual([]);
});

test('a trace leads to its services and a quarter of an hour around it', () => {
  const trace = { services: [{ name: 'cart' }], startTime: 1_760_000_000_000_000, endTime: 1_760_000_001_000_000 };
  const { query } = asked(forTrace.configure?.(trace)?.path);
  expect(query.getAll('service')).toEqual(['cart']);
  expect(query.get('from')).toBe('1759999100000');
  expect(query.get('to')).toBe('1760000901000');
});

test('a rule leads to the service in its labels', () => {
  const { query } = asked(forRule.configure?.({ labels: { service: 'cart' } })?.path);
  expect(query.getAll('service')).toEqual(['cart']);
});

test('who may not read is shown no link', () => {
  permissions.forEach((name) => (granted[name] = false));
  for (const link of [forSeries, forRule, forTrace, toIncidents, toDetection]) {
    expect(link.configure?.(undefined)).toBeUndefined();
  }
});

test('a place that says nothing still leads to all incidents', () => {
  for (const link of [forSeries, forRule, forTrace]) {
    expect(link.configure?.(undefined)?.path).toBe('/a/sentinel-observability-app/incidents?state=all');
  }
});
