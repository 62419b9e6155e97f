import type { CauseCandidate } from '../../model/cause.ts';
import { type Evidence, isBacklog, moreRequests, type SeriesEvidence, type ServiceEvidence } from './evidence.ts';

/** What tells most of the kind of trouble comes first, whatever is stronger by a little: effects are as loud as causes. */
const byTelling: readonly (readonly Evidence['kind'][])[] = [
  ['silence'],
  ['saturation'],
  ['log', 'work', 'own_time'],
  ['errors'],
];
const NEARLY = 0.5;
/** A resource of which most is free is not what is short. */
const SHORT_FROM = 0.5;

/** The piece of evidence of a service that tells what kind of trouble it is in. */
export function tellingOf(evidence: ServiceEvidence): Evidence | undefined {
  const { items, onsetMs } = evidence;
  const [strongest] = items;
  const counting = items.filter((item) => item.kind !== 'saturation' || isShort(item, evidence));
  const loud = counting.filter(
    (item) =>
      item.strength >= NEARLY * (strongest?.strength ?? 0) ||
      // What ran short before anything else was odd brought that about.
      (item.kind === 'saturation' && item.onsetMs <= onsetMs),
  );
  const kinds = evidence.demand === undefined ? byTelling : byTelling.slice(-1);
  const found = kinds.map((same) => loud.find(({ kind }) => same.includes(kind)));
  return found.find((one) => one !== undefined) ?? strongest;
}

/** Of more work everything is used more, whoever asks for it. */
function isShort({ series, deviation }: SeriesEvidence, evidence: ServiceEvidence): boolean {
  if (isBacklog(series.name)) return true;
  const isFree = series.unit === '1' && deviation.now <= SHORT_FROM;
  return !isFree && moreRequests(evidence) === undefined;
}

/** Slowness and traffic may always come from elsewhere; errors only of a service that calls others. */
export function kindOf(telling: Evidence | undefined, callsOthers: boolean): CauseCandidate['kind'] {
  if (telling?.kind === 'saturation') return callsOthers && isBacklog(telling.series.name) ? 'symptom' : 'saturation';
  if (telling?.kind === 'errors' || isErrorLine(telling)) return 'error';
  if (telling === undefined || telling.kind === 'latency' || telling.kind === 'requests')
    return callsOthers ? 'symptom' : 'failure';
  return 'failure';
}

function isErrorLine(telling: Evidence | undefined): boolean {
  return telling?.kind === 'log' && telling.log.severity === 'error' && telling.change !== 'vanished';
}
