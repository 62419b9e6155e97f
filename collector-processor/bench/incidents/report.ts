import { medianOf } from '../../src/model/order-statistics.ts';
import type { Judged, Judgement } from './judge.ts';
import { rivals } from './rivals.ts';

/** A table for people: one line for each kind of trouble. */
export function kindTable(judgements: readonly Judgement[]): string[] {
  return [
    'kind                                     one incident  in it   first  first 3  opens  first cause',
    ...[...Map.groupBy(judgements, ({ kind }) => kind)].map(([kind, same]) => {
      const isKnown = same.some(({ trouble }) => trouble.causes.length > 0);
      return [
        kind.padEnd(40),
        `${same.filter(({ incidents }) => incidents.length === 1).length}/${same.length}`.padStart(13),
        shareInMain(same).toFixed(2).padStart(6),
        (isKnown ? inFirst(same, 1).toFixed(2) : '-').padStart(7),
        (isKnown ? inFirst(same, 3).toFixed(2) : '-').padStart(8),
        `${Math.round(median(same.map(({ openSeconds }) => openSeconds)))} s`.padStart(6),
        ` ${same.map(({ first }) => (first === undefined ? '-' : `${first.kind} ${first.service} ${first.confidence}`)).join(' | ')}`,
      ].join(' ');
    }),
  ];
}

export function exampleLines(judgements: readonly Judgement[]): string[] {
  return judgements.flatMap(({ kind, trouble, startMs, incidents, place }) => [
    `${kind} at ${new Date(startMs).toISOString()}, cause ${trouble.causes.join(' or ') || 'unknown'}, place ${place}`,
    ...incidents.flatMap((one) => [
      `  incident ${one.id} after ${(one.openedAtMs - startMs) / 1000} s`,
      ...[...one.anomalies.values()].map((member) => `    ${(member.startMs - startMs) / 1000} s ${member.sentence}`),
      ...one.changes.map(({ service, to, timeMs }) => `    change ${service} ${to} at ${(timeMs - startMs) / 1000} s`),
      ...one.rankings.flatMap(({ atMs, candidates }) => [
        `    ranked after ${(atMs - startMs) / 1000} s`,
        ...candidates.map(
          ({ kind: what, service, title, verdict, confidence, supporting, contradicting }) =>
            `      ${what} ${service} (${title}) ${verdict} ${confidence}: ${supporting.map((said) => said.sentence).join('; ')} // against: ${contradicting.map((said) => said.sentence).join('; ')}`,
        ),
      ]),
    ]),
  ]);
}

export function falseLines(incidents: Judged['false']): string[] {
  return incidents.map(({ id, anomalies }) => {
    return `no trouble, incident ${id}: ${[...anomalies.values()].map(({ sentence }) => sentence).join(' ')}`;
  });
}

export function figures(all: readonly Judged[]) {
  const judgements = all.flatMap((one) => one.judgements);
  const decidable = judgements.filter(({ trouble }) => trouble.causes.length > 0);
  const undecidable = judgements.filter(({ trouble }) => trouble.causes.length === 0);
  const decoys = judgements.flatMap(({ decoy }) => decoy ?? []);
  const opened = new Set([...judgements.flatMap(({ incidents }) => incidents), ...all.flatMap((one) => one.false)]);
  const deploys = decidable.filter(({ trouble }) => trouble.isChange === true);
  return {
    ...{ real: judgements.length, opened: opened.size, false: all.reduce((sum, one) => sum + one.false.length, 0) },
    found: judgements.filter(({ main }) => main !== undefined).length,
    exactly_one: judgements.filter(({ incidents }) => incidents.length === 1).length,
    share_in_right_incident: round(shareInMain(judgements)),
    ...{ top1: round(inFirst(decidable, 1)), top3: round(inFirst(decidable, 3)) },
    ...{
      undecidable: undecidable.length,
      undecidable_named_high: undecidable.filter((one) => one.isPresumptuous).length,
    },
    deploys: { cases: deploys.length, top1: round(inFirst(deploys, 1)) },
    decoys: {
      cases: decoys.length,
      named: decoys.filter((one) => one === 'named').length,
      explained: decoys.filter((one) => one === 'explained').length,
    },
    wrong_with_high_confidence: decidable.filter(({ place, first }) => place !== 1 && first?.confidence === 'high')
      .length,
    seconds_to_open: round(median(judgements.map(({ openSeconds }) => openSeconds))),
    seconds_to_first_ranking: round(median(judgements.map(({ rankSeconds }) => rankSeconds))),
    rivals: Object.fromEntries(
      Object.keys(rivals).map((name) => {
        const within = (most: number): number =>
          round(decidable.filter((one) => isWithin(one.rivals[name] ?? 0, most)).length / decidable.length);
        return [name, { top1: within(1), top3: within(3) }];
      }),
    ),
    kinds: Object.fromEntries(
      [...Map.groupBy(judgements, ({ kind }) => kind)].map(([kind, same]) => [
        kind,
        {
          real: same.length,
          exactly_one: same.filter(({ incidents }) => incidents.length === 1).length,
          top1: round(inFirst(same, 1)),
          top3: round(inFirst(same, 3)),
        },
      ]),
    ),
  };
}

function inFirst(judgements: readonly Judgement[], most: number): number {
  return judgements.filter(({ place }) => isWithin(place, most)).length / judgements.length;
}

function isWithin(place: number, most: number): boolean {
  return place >= 1 && place <= most;
}

/** Of all findings of troubles, those in the main incident of theirs. */
function shareInMain(judgements: readonly Judgement[]): number {
  const sum = (of: (one: Judgement) => number): number => judgements.reduce((total, one) => total + of(one), 0);
  return (
    sum(({ inMain }) => inMain) /
    Math.max(
      1,
      sum(({ anomalies }) => anomalies),
    )
  );
}

function median(values: readonly (number | undefined)[]): number {
  return medianOf(values.filter((value) => value !== undefined));
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
