import type { Judged, KindResult } from './judge.ts';
import type { FaultLabel } from './label.ts';
import { per1000, type QuietResult } from './quiet.ts';
import type { chosenBorders } from './rivals/compare.ts';
import type { Sighting } from './sighting.ts';

/** Lines of a table for people. */
export function kindTable(notice: Judged, page: Judged): string[] {
  const pages = new Map(page.kinds.map((one) => [one.kind, one]));
  return [
    'kind               F1    found  false  delay   F1 page  found by magnitude',
    ...notice.kinds.map((one) => kindLine(one, pages.get(one.kind))),
  ];
}

function kindLine(
  { kind, f1, found, events, falseFindings, delaySteps, curve }: KindResult,
  page: KindResult | undefined,
): string {
  const [first] = curve;
  const byMagnitude = curve.map((at) => `${at.magnitude}: ${at.found}/${at.events}`).join(', ');
  return [
    kind.padEnd(18),
    f1.toFixed(2),
    `${found}/${events}`.padStart(7),
    String(falseFindings).padStart(6),
    String(delaySteps ?? '-').padStart(6),
    (page?.f1 ?? 0).toFixed(2).padStart(9),
    ` ${byMagnitude} ${first?.unit ?? ''}`,
  ].join(' ');
}

export function falseLines(sightings: readonly Sighting[]): string[] {
  return sightings.map(({ service, sentence, raisedMs, pagedMs }) => {
    const border = pagedMs === undefined ? 'notice' : 'page';
    return `false ${border} on ${service} at ${new Date(raisedMs).toISOString()}: ${sentence}`;
  });
}

export function missedLines(labels: readonly FaultLabel[]): string[] {
  return labels.map(({ kind, magnitude, unit, service, startMs }) => {
    return `missed ${kind} of ${magnitude} ${unit} on ${service} at ${new Date(startMs).toISOString()}`;
  });
}

export function quietLine(what: string, quiet: QuietResult): string {
  const { notice, page } = per1000(quiet);
  const counts = `${quiet.notices} notices and ${quiet.pages} pages in ${Math.round(quiet.seriesDays)} series-days`;
  return `${what}: ${counts}, ${notice} and ${page} in 1,000`;
}

export function rivalLines(rivals: ReturnType<typeof chosenBorders>): string[] {
  return rivals.flatMap(({ name, usual, asQuiet }) =>
    (
      [
        ['usual', usual],
        ['as quiet', asQuiet],
      ] as const
    ).map(([what, { border, meanF1, meanRecall, noticesPer1000 }]) => {
      const found = `mean F1 ${meanF1.toFixed(2)}, recall ${meanRecall.toFixed(2)}`;
      return `${name}, ${what} (× ${border}): ${found}, ${noticesPer1000.toFixed(0)} false in 1,000 series-days`;
    }),
  );
}
