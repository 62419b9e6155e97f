const APP_PATH = '/a/sentinel-observability-app';
const MAX_PARAMETER_LENGTH = 80;
/** Shown on both sides of what the link is about. */
const MARGIN_MS = 15 * 60_000;

/** Where a browser finds the app: below the sub-path of Grafana's address, unless the setting says otherwise. */
export function appPathOf({ url, appPath }: { readonly url: string; readonly appPath: string }): string {
  if (appPath !== '') return appPath.replace(/\/+$/, '');
  return `${new URL(url).pathname.replace(/\/+$/, '')}${APP_PATH}`;
}

export interface LinkTarget {
  /** Empty: all services. */
  readonly service: string;
  readonly startMs: number;
  /** Absent: until now. */
  readonly endMs?: number;
}

/**
 * The incident list, narrowed to the service and the time. Closed ones too: most are when the link is followed. Relative to
 * Grafana's root, never with a host.
 */
export function incidentsLink(appPath: string, { service, startMs, endMs }: LinkTarget): string {
  const query = new URLSearchParams({ state: 'all' });
  if (service !== '' && encodeURIComponent(service).length <= MAX_PARAMETER_LENGTH) query.set('service', service);
  query.set('from', String(Math.round(startMs - MARGIN_MS)));
  query.set('to', endMs === undefined ? 'now' : String(Math.round(endMs + MARGIN_MS)));
  return `${appPath}/incidents?${query.toString()}`;
}

export function incidentLink(appPath: string, id: string): string {
  return `${appPath}/incidents/${encodeURIComponent(id)}`;
}

interface SeriesTarget {
  readonly seriesId: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Where somebody says that a series was as expected. */
export function tuningLink(appPath: string, { seriesId, startMs, endMs }: SeriesTarget): string {
  const [from, to] = [startMs - MARGIN_MS, endMs + MARGIN_MS].map((at) => String(Math.round(at)));
  return `${appPath}/detection/tuning?${new URLSearchParams({ series: seriesId, from: from ?? '', to: to ?? '' }).toString()}`;
}
