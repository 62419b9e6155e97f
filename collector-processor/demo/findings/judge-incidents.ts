import type { IncidentDetail } from '../../src/contract/incident.ts';
import type { Injection } from '../director/injection.ts';

/** What was made of one fault: one incident, with it first among the causes, told from its effect to recovery. */
export interface IncidentJudgement {
  /** Incidents that hold findings of the fault, without those that were merged into another. */
  readonly incidents: readonly string[];
  /** The one that holds most of them. */
  readonly id: string;
  readonly cause: { readonly service: string; readonly kind: string; readonly confidence: string } | undefined;
  /** What the timeline lacks of: the effect, the change, the recovery. */
  readonly missing: readonly ('effect' | 'change' | 'recovery')[];
  readonly right: boolean;
}

/** How the incidents came out, as it is printed under the table. */
export const incidentRule =
  'Right: the findings of the fault are in one incident, its first cause is the faulty service and the kind of the fault, and its timeline ' +
  'shows the effect of the fault, its change if it is one, and the recovery.';

type Member = Extract<IncidentDetail['timeline'][number]['fact'], { readonly kind: 'anomaly' }>['anomaly'];

/** One judgement for each fault that was put in. */
export function judgeIncidents(
  injections: readonly Injection[],
  details: readonly IncidentDetail[],
  bucketMs: number,
): ReadonlyMap<string, IncidentJudgement> {
  const told = details
    .filter(({ incident }) => incident.mergedInto === '')
    .map((detail) => ({ detail, members: membersOf(detail) }));
  return new Map(
    injections.map((injection) => {
      const own = told
        .map(({ detail, members }) => ({
          detail,
          count: members.filter((one) => isOf(one, injection, bucketMs)).length,
        }))
        .filter(({ count }) => count > 0)
        .sort((left, right) => right.count - left.count);
      return [
        injection.id,
        judgeOne(
          injection,
          own.map(({ detail }) => detail),
        ),
      ];
    }),
  );
}

function judgeOne(injection: Injection, own: readonly IncidentDetail[]): IncidentJudgement {
  const timeline = own[0]?.timeline ?? [];
  const { fault } = injection;
  const cause = firstCause(timeline);
  const missing = missingIn(timeline, injection);
  const isFirst = cause?.service === fault.service && cause.kind === fault.cause;
  const incidents = own.map(({ incident }) => incident.id);
  return {
    ...{ incidents, id: incidents[0] ?? '', cause, missing },
    right: incidents.length === 1 && isFirst && missing.length === 0,
  };
}

/** As it was told last. */
function firstCause(timeline: IncidentDetail['timeline']): IncidentJudgement['cause'] {
  const told = timeline.flatMap(({ fact }) => (fact.kind === 'causes' ? [fact.causes.candidates[0]] : [])).at(-1);
  return told && { service: told.service, kind: told.kind, confidence: told.confidence };
}

function missingIn(
  timeline: IncidentDetail['timeline'],
  { fault, startMs, endMs = Infinity }: Injection,
): IncidentJudgement['missing'] {
  const shows = {
    effect: timeline.some(({ fact, atMs }) => fact.kind === 'anomaly' && atMs >= startMs && atMs <= endMs),
    change: timeline.some(({ fact }) => fact.kind === 'change' && fact.change.to === fault.deploys),
    recovery: timeline.some(
      ({ fact, atMs }) => fact.kind === 'state' && ['watching', 'closed'].includes(fact.state) && atMs >= endMs,
    ),
  };
  const parts = ['effect', ...(fault.deploys === undefined ? [] : (['change'] as const)), 'recovery'] as const;
  return parts.filter((part) => !shows[part]);
}

function membersOf({ timeline }: IncidentDetail): readonly Member[] {
  const members = new Map<string, Member>();
  for (const { fact } of timeline) {
    const joined = fact.kind === 'anomaly' ? [fact.anomaly] : fact.kind === 'merged' ? fact.anomalies : [];
    for (const one of joined) if (!members.has(one.id)) members.set(one.id, one);
  }
  return [...members.values()];
}

/** In a service that the fault disturbs, and odd since the fault, until it is worked off. */
function isOf(
  { service, startMs: oddMs }: Member,
  { fault, startMs, endMs = Infinity }: Injection,
  bucketMs: number,
): boolean {
  return (
    fault.disturbs.some((name) => name === service) && oddMs >= startMs - bucketMs && oddMs <= endMs + fault.recoveryMs
  );
}
