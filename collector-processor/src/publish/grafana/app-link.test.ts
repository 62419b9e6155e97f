import { describe, expect, test } from '@jest/globals';
import { appPathOf, incidentsLink } from './app-link.ts';

describe('the path of the app', () => {
  test.each([
    ['http://grafana:3000', '', '/a/sentinel-observability-app'],
    ['https://example.org/grafana/', '', '/grafana/a/sentinel-observability-app'],
    ['http://grafana:3000', '/monitoring/a/sentinel-observability-app/', '/monitoring/a/sentinel-observability-app'],
  ])('%s with setting "%s" is %s', (url, appPath, expected) => {
    expect(appPathOf({ url, appPath })).toBe(expected);
  });
});

describe('the link to the incident list', () => {
  const hour = 3_600_000;
  test('narrows to the service and a margin around the time', () => {
    expect(incidentsLink('/a/app', { service: 'a b&c', startMs: hour, endMs: 2 * hour })).toBe(
      '/a/app/incidents?state=all&service=a+b%26c&from=2700000&to=8100000',
    );
  });

  test('of something open ends now', () => {
    expect(incidentsLink('/a/app', { service: 'x', startMs: hour })).toMatch(/&to=now$/);
  });

  test('leaves out a name that is too long for an annotation', () => {
    expect(incidentsLink('/a/app', { service: '服'.repeat(50), startMs: hour })).not.toContain('service');
  });
});
