import type { Shadow } from '../contract/shadow.ts';

const NEWEST = 20;

/** What the shadow would have told, in lines. */
export function shadowText({ report }: Shadow): string {
  if (report === undefined) return 'Nothing runs in shadow (score.shadow.enabled).\n';
  const { sinceMs, series, raised, pages, besideSeries, besideService, insideIncidents, liveRaised, missed } = report;
  const lines = [
    `Since ${new Date(sinceMs).toISOString()}, on ${series} series, it`,
    `would have raised ${raised} findings (${pages} pages), ${besideSeries + besideService} of them beside live ones and ` +
      `${insideIncidents} of the newest ${report.looked} within incidents;`,
    `would have missed ${missed} of ${liveRaised} live findings.`,
    ...report.notes.slice(0, NEWEST).map(({ kind, startMs, title, beside, incidentId = '' }) => {
      const where = kind === 'missed' ? '' : ` (${[beside, incidentId].filter((part) => part !== '').join(', ')})`;
      return `  ${new Date(startMs).toISOString()}  ${kind}  ${title}${where}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}
