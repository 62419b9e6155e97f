import type { AlertKind, Indicator, SloAlerting, SloWindow } from '../../model/slo.ts';
import { isTimeZone, promDuration } from '../../runtime/yaml/lengths-of-time.ts';
import { textsOf } from '../../runtime/yaml/schema-parts.ts';
import { timeAt } from '../../runtime/yaml/time-at.ts';
import { fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import { defaultAlerting, labelsOf, momentAt, oddWhenNot, queryAt, targetOf } from './common-parts.ts';
import type { Found } from './found.ts';
import type { OwnAlert, OwnFile, OwnSlo } from './own-schema.ts';

type Path = readonly (string | number)[];

const calendar = ['day', 'week', 'month', 'quarter', 'year'] as const;

export function readOwn({ slos }: OwnFile): Found {
  const found = slos.map((slo, index): Found => {
    const path = ['slos', index];
    const read = together({
      target: targetOf(slo.objective, [...path, 'objective']),
      window: windowOf(slo, path),
      indicator: indicatorOf(slo, [...path, 'indicator']),
    });
    if (read.kind === 'faults') return { objectives: [], faults: read.faults };
    const objective = {
      name: slo.name,
      displayName: slo.display_name ?? slo.name,
      description: slo.description ?? '',
      service: slo.service,
      labels: labelsOf(slo.labels),
      ...read.value,
      alerting: alertingOf(slo.alerts),
      path,
    };
    return { objectives: [objective], faults: [] };
  });
  return { objectives: found.flatMap(({ objectives }) => objectives), faults: found.flatMap((one) => one.faults) };
}

/** `28d`, or a part of the calendar. Weeks begin on Monday, which the first of January 2024 was. */
function windowOf({ window = '28d', time_zone: timeZone = 'UTC' }: OwnSlo, path: Path): Part<SloWindow> {
  const unit = calendar.find((one) => one === window);
  if (unit !== undefined) {
    if (isTimeZone(timeZone))
      return part({ kind: 'calendar', unit, count: 1, timeZone, anchor: '2024-01-01T00:00:00' });
    const message = `There is no time zone ${timeZone}.`;
    return faults(fault([...path, 'time_zone'], message, 'Use a name such as Europe/Berlin or UTC.'));
  }
  const durationMs = promDuration(window);
  if (durationMs !== undefined) return part({ kind: 'rolling', durationMs });
  const message = `"${window}" is no window.`;
  return faults(fault([...path, 'window'], message, `Write a length such as 28d, or one of ${calendar.join(', ')}.`));
}

function indicatorOf({ service, indicator: { requests, ratio, threshold } }: OwnSlo, path: Path): Part<Indicator> {
  if ([requests, ratio, threshold].filter((one) => one !== undefined).length !== 1) {
    return faults(fault(path, 'An indicator is one of requests, ratio and threshold.', 'Keep one of them.'));
  }
  if (requests !== undefined) return requestsOf({ service, ...requests }, path);
  return ratio === undefined ? thresholdOf(threshold, path) : ratioOf(ratio, path);
}

function requestsOf(
  { slower_than: slowerThan, ...requests }: NonNullable<OwnSlo['indicator']['requests']> & { service: string },
  path: Path,
): Part<Indicator> {
  if (slowerThan === undefined) return part({ kind: 'requests', requests, bad: { kind: 'error' } });
  const thanMs = timeAt(slowerThan, [...path, 'requests', 'slower_than'], '300ms or 2s');
  return then(thanMs, (ms) => part({ kind: 'requests', requests, bad: { kind: 'slower', thanMs: ms } }));
}

function ratioOf({ good, bad, total }: NonNullable<OwnSlo['indicator']['ratio']>, path: Path): Part<Indicator> {
  const outcome = good === undefined ? 'bad' : 'good';
  const counted = good ?? bad;
  if (counted === undefined || (good !== undefined && bad !== undefined)) {
    const message = 'A ratio has total and one of good and bad.';
    return faults(fault([...path, 'ratio'], message, 'Keep one of good and bad.'));
  }
  const read = together({
    query: queryAt(counted, [...path, 'ratio', outcome]),
    total: queryAt(total, [...path, 'ratio', 'total']),
  });
  return then(read, (queries) => part({ kind: 'events', outcome, ...queries }));
}

function thresholdOf(threshold: OwnSlo['indicator']['threshold'], path: Path): Part<Indicator> {
  const { query = '', is = '<', value = 0, slice = '1m' } = threshold ?? {};
  const read = together({
    query: momentAt(query, [...path, 'threshold', 'query']),
    sliceMs: timeAt(slice, [...path, 'threshold', 'slice'], '1m'),
  });
  if (read.kind === 'faults') return read;
  return part({ kind: 'slices', bad: oddWhenNot(read.value.query, is, value), sliceMs: read.value.sliceMs });
}

function alertingOf(written: OwnSlo['alerts'] = {}): SloAlerting {
  return {
    ...defaultAlerting,
    name: written.name ?? defaultAlerting.name,
    page: alertKind(written.page),
    ticket: alertKind(written.ticket),
    absent: written.absent ?? defaultAlerting.absent,
    minEvents: written.min_events ?? defaultAlerting.minEvents,
    minFailures: written.min_failures ?? defaultAlerting.minFailures,
  };
}

function alertKind({ enabled = true, labels, annotations }: OwnAlert = {}): AlertKind {
  return { enabled, labels: labelsOf(labels), annotations: textsOf(annotations) };
}
