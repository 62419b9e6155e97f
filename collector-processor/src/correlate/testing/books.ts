import type { Anomaly } from '../../model/anomaly.ts';
import type { Incident, IncidentEvent } from '../../model/incident.ts';
import { IncidentBook } from '../incidents/incident-book.ts';
import { Recurrence } from '../incidents/recurrence.ts';

export const MINUTE_MS = 60_000;
const limits = {
  ...{ joinWithin: 300_000, watchFor: 10 * MINUTE_MS, changeLookback: 30 * MINUTE_MS, maxAnomalies: 1000 },
  ...{ demoteAfter: 3, demoteWithin: 24 * 60 * MINUTE_MS, maxIncidents: 100, alertSilence: 24 * 60 * MINUTE_MS },
};
/** shop → cart → stock, and by itself: mail. */
export const chain = ['shop', 'cart', 'stock'];
const around = {
  distance: (_place: unknown, [left, right]: readonly [string, string]): number =>
    left === right
      ? 0
      : chain.includes(left) && chain.includes(right)
        ? Math.abs(chain.indexOf(left) - chain.indexOf(right))
        : Infinity,
  runsAt: (_place: unknown, service: string, where: string): boolean => hosts[where]?.includes(service) ?? false,
};
/** Who runs where. */
const hosts: Readonly<Record<string, readonly string[]>> = { 'host-1': ['stock', 'mail'] };

export function bookWith(part: Partial<typeof limits> = {}) {
  const events: IncidentEvent[] = [];
  let ids = 0;
  let overflow = 0;
  const make = (): IncidentBook =>
    new IncidentBook({
      limits: { ...limits, ...part },
      around,
      past: new Recurrence({ ...limits, ...part }),
      nextId: () => String(++ids),
      onEvent: (event) => events.push(event),
      onOverflow: () => (overflow += 1),
    });
  return { book: make(), events, again: make, overflow: () => overflow };
}

export function anomaly(
  service: string,
  id = service,
  part: Partial<Anomaly> & { readonly environment?: string } = {},
): Anomaly {
  const { environment = 'production', ...rest } = part;
  return {
    id,
    series: {
      id: `s-${id}`,
      tenant: '',
      signal: 'traces',
      measure: 'error_ratio',
      service,
      namespace: '',
      environment,
      attributes: {},
    },
    state: 'open',
    border: 'notice',
    startMs: 0,
    peakMs: 0,
    endMs: 10_000,
    stepMs: 10_000,
    observed: 1,
    expected: 0,
    lower: 0,
    upper: 0,
    peakScore: 2,
    direction: 'up',
    reasons: [],
    exampleTraceIds: [],
    exampleLines: [],
    detectorVersion: '1',
    sentence: '',
    detectedAtMs: 0,
    ...rest,
  };
}

export function raise(book: IncidentBook, ...all: readonly Anomaly[]): readonly Incident[] {
  for (const one of all) book.anomaly({ kind: 'opened', anomaly: one }, one.startMs);
  return book.all();
}
