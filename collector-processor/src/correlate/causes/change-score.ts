import type { CaseChange } from './cause-case.ts';
import { classOfDiff } from './diff-class.ts';
import type { RankedService } from './rank-services.ts';
import type { Situation } from './situation.ts';
import { wordsInCommon } from './words-in-common.ts';

/** One reason for or against a change, in words and as what it counts. */
export interface Reason {
  readonly kind: 'service' | 'time' | 'files' | 'diff' | 'words';
  readonly weight: number;
  readonly sentence: string;
}

export interface ScoredChange {
  readonly change: CaseChange;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

const MINUTE_MS = 60_000;
/** A change is seen when what comes after it is first exported, and the alarm is dated by the step it is in. */
const SEEN_LATE_MS = 30_000;
const LITTLE_BLAME = 0.15;
/** Strong enough that a change after it is no cause. */
const STRONG = 4;
const inert =
  /(^|\/)(docs?|tests?|testdata|\.github|\.ci)\/|\.(md|txt|css|scss|svg|html)$|[._]test\.|[._]spec\.|(^|\/)\.golangci/;

/** How well a change explains the trouble: where, when, and what it touched. */
export function scoreChange(change: CaseChange, ranked: readonly RankedService[], situation: Situation): ScoredChange {
  const reasons = [
    whereReason(change, ranked, situation),
    whenReason(change, ranked, situation),
    filesReason(change),
    ...diffReasons(change),
    wordsReason(change, ranked, situation),
  ].filter(({ kind, weight, sentence }) => weight !== 0 || (kind === 'service' && sentence !== ''));
  return { change, score: reasons.reduce((sum, { weight }) => sum + weight, 0), reasons };
}

function whereReason(
  { service }: CaseChange,
  ranked: readonly RankedService[],
  { graph, evidence }: Situation,
): Reason {
  const kind = 'service' as const;
  const first = ranked[0];
  const blame = ranked.find((one) => one.service === service)?.blame ?? 0;
  if (blame >= LITTLE_BLAME)
    return { kind, weight: 3 * blame, sentence: `${service} keeps ${percent(blame)} of the blame` };
  if (first !== undefined && sendsMore(service, graph, evidence)) {
    return { kind, weight: 1.5, sentence: `${service} sends more than usual while its own load is steady` };
  }
  const isNeighbour =
    first !== undefined &&
    [...graph.callersOf(first.service), ...graph.calleesOf(first.service).map(({ to }) => to)].includes(service);
  if (isNeighbour) {
    return {
      kind,
      weight: 0,
      sentence: `what is odd in ${service} is explained by ${first.service}, beside it`,
    };
  }
  return { kind, weight: -3, sentence: `${service === '' ? 'no service' : service} has no part in it` };
}

/** A caller whose own load is steady while a callee's load or work rose. */
function sendsMore(service: string, graph: Situation['graph'], evidence: Situation['evidence']): boolean {
  if (evidence.get(service)?.demand !== undefined) return false;
  return graph.calleesOf(service).some(({ to }) => evidence.get(to)?.demand !== undefined);
}

function whenReason(
  { atMs, service }: CaseChange,
  ranked: readonly RankedService[],
  { facts, evidence }: Situation,
): Reason {
  const kind = 'time' as const;
  if (atMs > facts.alarm.atMs + SEEN_LATE_MS) return { kind, weight: -8, sentence: 'came after the alarm' };
  const own = (evidence.get(service) ?? ranked[0]?.evidence)?.items ?? [];
  const before = own.find(({ strength, onsetMs }) => strength >= STRONG && onsetMs < atMs - 1.5 * MINUTE_MS);
  if (before !== undefined) {
    return { kind, weight: -3, sentence: `trouble began ${minutes(atMs - before.onsetMs)} before it` };
  }
  const onsets = own.map(({ onsetMs }) => onsetMs).filter((onsetMs) => onsetMs >= atMs - 1.5 * MINUTE_MS);
  if (onsets.length === 0) return { kind, weight: -1, sentence: 'nothing became odd after it' };
  const delay = Math.max(0, Math.min(...onsets) - atMs);
  if (delay > 20 * MINUTE_MS)
    return { kind, weight: -1, sentence: `nothing became odd for ${minutes(delay)} after it` };
  const weight = 1.5 * Math.exp(-delay / MINUTE_MS) + 1.5 * Math.exp(-delay / (15 * MINUTE_MS));
  return { kind, weight, sentence: `${service} became odd ${minutes(delay)} after it` };
}

function filesReason({ files }: CaseChange): Reason {
  const isInert = files.length > 0 && files.every((file) => inert.test(file));
  return { kind: 'files', weight: isInert ? -4 : 0, sentence: 'touches only documents, tests or looks' };
}

function diffReasons({ diff }: CaseChange): readonly Reason[] {
  const { weight, reasons } = classOfDiff(diff);
  return [{ kind: 'diff', weight, sentence: `the diff ${reasons.join(' and ')}` }];
}

function wordsReason(change: CaseChange, ranked: readonly RankedService[], { facts }: Situation): Reason {
  const touched = ranked.filter(({ service, blame }) => blame >= LITTLE_BLAME || service === change.service);
  const { weight, words } = wordsInCommon(
    change,
    facts.changes,
    touched.map(({ evidence }) => evidence),
  );
  return { kind: 'words', weight, sentence: `what is odd speaks of ${words.join(', ')}, and so does the change` };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function minutes(durationMs: number): string {
  return durationMs < MINUTE_MS ? `${Math.round(durationMs / 1000)} s` : `${Math.round(durationMs / MINUTE_MS)} min`;
}
