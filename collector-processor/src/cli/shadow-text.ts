import type { ShadowReport } from '../model/shadow.ts';

const NEWEST = 20;

type Note = ShadowReport['notes'][number] & { readonly incidentId?: string };

/** As the API gives it; a replay knows of no incidents. */
interface Told extends ShadowReport {
  readonly notes: readonly Note[];
  /** Of so many findings in `notes`, those that lie within an incident. */
  readonly looked?: number;
  readonly insideIncidents?: number;
}

/** What the shadow would have told, in lines. */
export function shadowText(report: Told): string {
  const { sinceMs, series, raised, pages, besideSeries, besideService, liveRaised, missed } = report;
  const { looked, insideIncidents } = report;
  const beside = `${besideSeries + besideService} of them beside live ones`;
  const within = looked === undefined ? '' : ` and ${insideIncidents ?? 0} of the newest ${looked} within incidents`;
  const lines = [
    `Since ${new Date(sinceMs).toISOString()}, on ${series} series, the shadow`,
    `would have raised ${raised} findings (${pages} pages), ${beside}${within};`,
    `would have missed ${missed} of ${liveRaised} live findings.`,
    ...report.notes.slice(0, NEWEST).map(({ kind, startMs, title, beside: where, incidentId = '' }) => {
      const place = kind === 'missed' ? '' : ` (${[where, incidentId].filter((part) => part !== '').join(', ')})`;
      return `  ${new Date(startMs).toISOString()}  ${kind}  ${title}${place}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}
