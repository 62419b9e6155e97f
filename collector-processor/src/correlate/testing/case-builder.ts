import type { CaseChange, CaseLog, CaseSeries, CauseCase, Measure } from '../causes/cause-case.ts';

const MINUTE_MS = 60_000;
/** The alarm of every case that is built here. */
export const ALARM_MS = Date.parse('2026-01-01T12:00:00Z');

/** A series that is `usual` ± 1 % and becomes `now` so many minutes before the alarm. */
export function seriesOf(
  service: string,
  measure: Measure,
  [usual, now]: readonly [number, number],
  minutesBefore = 5,
): CaseSeries {
  const timesMs = Array.from({ length: 60 }, (_, index) => ALARM_MS + (index - 55) * MINUTE_MS);
  const wave = (index: number): number => 1 + 0.01 * Math.sin(index);
  const odd = (timeMs: number): boolean => timeMs >= ALARM_MS - minutesBefore * MINUTE_MS;
  return {
    id: `${service} ${measure}`,
    service,
    name: measure,
    title: `${measure} of ${service}`,
    measure,
    unit: '',
    usual: Array.from({ length: 100 }, (_, index) => usual * wave(index)),
    timesMs,
    values: timesMs.map((timeMs, index) => (odd(timeMs) ? now : usual) * wave(index)),
  };
}

/** Nothing came from a service between so many minutes before the alarm. */
export function silenceOf(service: string, minutesBefore: number, until: number): CaseSeries {
  const timesMs = Array.from(
    { length: minutesBefore - until },
    (_, minute) => ALARM_MS + (minute - minutesBefore) * MINUTE_MS,
  );
  const silent = { timesMs, values: timesMs.map(() => 1), usual: [0], unit: '1' };
  return { ...seriesOf(service, 'silence', [0, 1]), ...silent };
}

export function logOf(
  service: string,
  text: string,
  part: Partial<CaseLog> & { readonly count?: number } = {},
): CaseLog {
  const { count = 20, ...rest } = part;
  const timesMs = Array.from({ length: count }, (_, index) => ALARM_MS - 4 * MINUTE_MS + index * 1000);
  return { service, severity: 'error', text, names: [], item: '', outside: '', timesMs, ...rest };
}

export function changeOf(
  id: string,
  service: string,
  minutesBefore: number,
  part: Partial<CaseChange> = {},
): CaseChange {
  return { id, service, atMs: ALARM_MS - minutesBefore * MINUTE_MS, title: '', files: [], diff: '', ...part };
}

/** An alarm on the first series. */
export function caseOf(part: Partial<CauseCase> & Pick<CauseCase, 'series'>): CauseCase {
  const [first] = part.series;
  const alarm = { service: first?.service ?? '', seriesId: first?.id ?? '', atMs: ALARM_MS };
  return { version: 1, alarm, calls: [], logs: [], changes: [], ...part };
}

export function call(from: string, to: string, remote = false) {
  return { from, to, remote };
}
