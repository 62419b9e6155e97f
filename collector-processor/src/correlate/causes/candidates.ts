import type { CauseCandidate, CauseEvidence } from '../../model/cause.ts';
import { formatDuration, formatNumber, formatShare, formatWithUnit } from '../../model/units.ts';
import type { CaseLog, CaseSeries, CauseCase } from './cause-case.ts';
import type { Reason, ScoredChange } from './change-score.ts';
import { type Evidence, isIdle } from './evidence.ts';
import { kindOf, tellingOf } from './kind-of-trouble.ts';
import type { Pattern } from './operational.ts';
import type { CauseRanking } from './rank-causes.ts';
import { isSuspect, type RankedService } from './rank-services.ts';

/** Candidates of a kind that are shown. */
const MOST = 3;
const MUCH_BLAME = 0.7;
const EVIDENCE = 6;
/** A reason of this weight or below says that it cannot be. */
const CONTRADICTS = -3;

/**
 * A ranking in words: what may be the cause, in order, each with what speaks for and against it. First whatever explains the
 * first service (a change, or what happened without one), then the services, then the changes that do not fit.
 */
export function candidatesOf(facts: CauseCase, ranking: CauseRanking): readonly CauseCandidate[] {
  if (!ranking.isOdd) return [];
  const changes = ranking.changes.slice(0, MOST).map((change) => ofChange(change, ranking));
  const named = changes.filter(({ verdict }) => verdict === 'supported');
  const patterns = ranking.change === 'none' ? ranking.patterns.map((pattern) => ofPattern(pattern, ranking)) : [];
  const services = ranking.services
    .filter((service) => isSuspect(service) || (service.blame >= MUCH_BLAME && facts.alarm.seriesId !== ''))
    .slice(0, MOST)
    .map((service, place) => ofService(service, place, facts));
  return [...named, ...patterns, ...services, ...changes.filter((one) => !named.includes(one))];
}

function ofChange(
  { change, reasons }: ScoredChange,
  { change: best, confidence, services }: CauseRanking,
): CauseCandidate {
  const isNamed = best !== 'none' && best.change.id === change.id && confidence !== 'undecided';
  const isMuchElsewhere = (services[0]?.blame ?? 0) >= MUCH_BLAME;
  const said = reasons.filter(({ sentence }) => sentence !== '');
  const isRefuted = reasons.some(({ weight }) => weight <= CONTRADICTS || (weight === 0 && isMuchElsewhere));
  const tell = ({ sentence }: Reason): CauseEvidence => {
    return { sentence: capital(sentence), fromMs: change.atMs, toMs: change.atMs, changeId: change.id };
  };
  return {
    kind: 'change',
    title: change.title,
    service: change.service,
    ...(isNamed
      ? { verdict: 'supported', confidence: confidence === 'high' ? 'high' : 'medium' }
      : { verdict: isRefuted ? 'contradicted' : 'undecided', confidence: '' }),
    supporting: said.filter(({ weight }) => weight > 0).map(tell),
    contradicting: said.filter(({ weight }) => weight <= 0).map(tell),
    missing: change.diff === '' && change.files.length === 0 ? ['what the change touched'] : [],
  };
}

function ofPattern({ kind, sentence, weight, place }: Pattern, { services, confidence }: CauseRanking): CauseCandidate {
  const [first] = services;
  const items = first?.evidence.items.slice(0, EVIDENCE) ?? [];
  return {
    kind: 'operational',
    title: patternTitles[kind],
    service: place ?? first?.service ?? '',
    verdict: 'supported',
    confidence: confidence === 'high' && weight >= 2 ? 'high' : 'medium',
    supporting: [{ sentence: capital(sentence), ...spanOf(items) }, ...items.map(evidenceOf)],
    contradicting: [],
    missing: [],
  };
}

const patternTitles: Readonly<Record<Pattern['kind'], string>> = {
  demand: 'More requests than usual',
  'shared-resource': 'A host that was short of resources',
  'one-item': 'One item that cannot be processed',
  outside: 'A party outside of these services',
  together: 'Something that several services share',
};

function ofService(
  { service, blame, evidence }: RankedService,
  place: number,
  { calls, earlier = [], alarm }: CauseCase,
): CauseCandidate {
  const telling = tellingOf(evidence);
  const kind = kindOf(
    telling,
    calls.some(({ from }) => from === service),
  );
  const hasShown = evidence.items.length > 0;
  const isFirst = place === 0 && blame >= MUCH_BLAME && hasShown;
  return {
    kind,
    title: service,
    service,
    verdict: isFirst ? 'supported' : 'undecided',
    // What may come from further down is never sure.
    confidence: isFirst ? confidenceIn(kind, telling) : '',
    supporting: [
      ...(hasShown ? [] : [{ sentence: leftText(blame), fromMs: alarm.atMs, toMs: alarm.atMs }]),
      ...evidence.items.slice(0, EVIDENCE).map(evidenceOf),
      ...earlier
        .filter((one) => one.service === service && one.kind === kind)
        .map(({ times }) => ({ sentence: earlierText(times), fromMs: alarm.atMs, toMs: alarm.atMs })),
    ],
    contradicting: [],
    missing: [],
  };
}

/** Of who shows nothing that is clearly odd by itself. */
function leftText(blame: number): string {
  return `${formatShare(blame)} of what the alarm shows is left to it: nothing below explains that`;
}

function earlierText(times: number): string {
  return times === 1
    ? 'The first cause of an earlier incident as well'
    : `The first cause of ${times} earlier incidents as well`;
}

/** Sure is only what a service says of itself; that it is slow may have a reason that nobody sees. */
function confidenceIn(kind: CauseCandidate['kind'], telling: Evidence | undefined): CauseCandidate['confidence'] {
  if (kind === 'symptom') return 'low';
  if (telling !== undefined && isIdle(telling)) return 'medium';
  const isSure =
    telling?.kind === 'saturation' ||
    telling?.kind === 'log' ||
    telling?.kind === 'silence' ||
    telling?.kind === 'work';
  return isSure ? 'high' : 'medium';
}

function evidenceOf(item: Evidence): CauseEvidence {
  const range = spanOf([item]);
  if (item.kind === 'log') {
    const { log, change, count } = item;
    const told = {
      new: `New line, ${count} times`,
      surging: `Line that surges, ${count} times`,
      vanished: 'Line that stays away',
    };
    return { sentence: `${told[change]}: "${log.text}"`, template: log.text, ...range, ...tracesOf(log) };
  }
  const { series, deviation } = item;
  if (item.kind === 'silence') {
    const sentence = isIdle(item) ? series.title : `No telemetry at all from ${series.service}`;
    return { sentence, seriesId: series.id, ...range };
  }
  const sentence = `${series.title}: ${format(series, deviation.now)}, usually ${format(series, deviation.usual)}`;
  return { sentence, seriesId: series.id, ...range, ...tracesOf(series) };
}

function tracesOf({ traceIds }: CaseSeries | CaseLog): Pick<CauseEvidence, 'traceIds'> {
  return traceIds === undefined ? {} : { traceIds };
}

function spanOf(items: readonly Evidence[]) {
  const ends = items.flatMap((item) =>
    item.kind === 'log' ? item.log.timesMs.slice(-1) : item.series.timesMs.slice(-1),
  );
  return { fromMs: Math.min(...items.map(({ onsetMs }) => onsetMs)), toMs: Math.max(...ends) };
}

function format({ measure, unit }: CaseSeries, value: number): string {
  if (measure === 'errors' && (unit === '' || unit === '1')) return formatShare(value);
  if (measure === 'requests') return `${formatNumber(value)}/s`;
  return unit === 'ns' ? formatDuration(value) : formatWithUnit(value, unit);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
