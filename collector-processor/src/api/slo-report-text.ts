import type { SloReport } from '../contract/slo-report.ts';
import { inline, table, time } from './markdown.ts';

type Month = SloReport['slos'][number];

/** A month of objectives in Markdown: all in a table, then each with what burned it and what was taken out. */
export function sloReportText({ month, timeZone, complete, slos }: SloReport): string {
  const met = slos.filter((one) => one.met === true).length;
  const known = slos.filter((one) => one.met !== null).length;
  return [
    `# Objectives in ${month}\n`,
    `${met} of ${known} objectives were met.${complete ? '' : ' The month is not over.'} The month is that of ${timeZone}; times are UTC.\n`,
    table(
      ['Objective', 'Service', 'Target', 'Good', 'Met', 'Budget left', 'Without corrections'],
      slos.map((one) => [
        nameOf(one),
        inline(one.service),
        percent(one.objective),
        percent(one.good),
        metWord(one),
        percent(one.left),
        percent(one.leftUncorrected),
      ]),
    ),
    ...slos.map(chapterOf),
  ].join('\n');
}

function chapterOf(one: Month): string {
  const { counts, unknownMinutes, burners, corrections, crossings } = one;
  const gaps = unknownMinutes === 0 ? '' : ` Nobody knows how ${unknownMinutes} minutes were.`;
  const lines = [
    ...burners.map(
      ({ kind, title, bad, share, fromMs }) =>
        `- ${kind === 'incident' ? 'Incident' : 'Change'} ${inline(title)}, ${time(fromMs)}: ${whole(bad)} bad, ${percent(share)} of the budget`,
    ),
    ...crossings.map(({ atMs, from, to }) => `- ${time(atMs)}: ${from} to ${to}`),
    ...corrections.map(
      ({ fromMs, toMs, reason, author }) =>
        `- Taken out: ${time(fromMs)} to ${time(toMs)}, ${inline(reason)} (${inline(author)})`,
    ),
  ];
  return `## ${nameOf(one)}\n\n${whole(counts.bad)} of ${whole(counts.total)} events were bad.${gaps}\n${
    lines.length === 0 ? '' : `\n${lines.join('\n')}\n`
  }`;
}

function metWord({ met }: Month): string {
  if (met === null) return 'unknown';
  return met ? 'yes' : '**no**';
}

function nameOf({ displayName, group }: Month): string {
  const labels = Object.entries(group).map(([name, value]) => `${name} ${value}`);
  return inline(labels.length === 0 ? displayName : `${displayName} (${labels.join(', ')})`);
}

function percent(share: number | null): string {
  return share === null ? 'unknown' : `${Number((share * 100).toPrecision(5))}%`;
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
