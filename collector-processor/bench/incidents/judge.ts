import type { CauseCandidate } from '../../src/model/cause.ts';
import type { MemberAnomaly } from '../../src/model/incident.ts';
import { type Rival, rivals } from './rivals.ts';
import type { Happening, Trouble } from './scenario.ts';
import type { ToldIncident } from './told-incident.ts';
import type { Town } from './town/plan.ts';

/** What was made of one trouble. */
export interface Judgement {
  readonly kind: string;
  readonly trouble: Trouble;
  readonly startMs: number;
  /** Incidents in which its findings are; those merged into another are that one. */
  readonly incidents: readonly ToldIncident[];
  /** The one that has most of them. */
  readonly main: ToldIncident | undefined;
  readonly anomalies: number;
  readonly inMain: number;
  /** Place of the true cause among the candidates from 1, as they were ranked last; 0 when it is not among them. */
  readonly place: number;
  readonly first: CauseCandidate | undefined;
  /** Whether a candidate was ever first with high confidence though nobody could know. */
  readonly isPresumptuous: boolean;
  /** Whether the innocent change was named, and, if not, whether it is said why. */
  readonly decoy: 'named' | 'explained' | 'silent' | undefined;
  readonly openSeconds: number | undefined;
  readonly rankSeconds: number | undefined;
  readonly rivals: Readonly<Record<string, number>>;
}

/** Findings that come so long after a trouble are still its own: queues are worked off, levels come back. */
const AFTER_MS = 15 * 60_000;

export interface Judged {
  readonly judgements: readonly Judgement[];
  /** Incidents of no trouble. */
  readonly false: readonly ToldIncident[];
}

/** One happening against the incidents of its time. */
export function judge(town: Town, happening: Happening, told: readonly ToldIncident[]): Judged {
  const systemOf = new Map(
    town.systems.flatMap(({ name, services }) =>
      services.flatMap((service) => [service.name, service.database?.name ?? ''].map((one) => [one, name] as const)),
    ),
  );
  const own = told.filter(({ mergedInto }) => mergedInto === '');
  const isOf = ({ startMs, endMs }: Happening, { systems, causes }: Trouble, one: MemberAnomaly): boolean => {
    if (one.startMs < startMs - 30_000 || one.startMs > endMs + AFTER_MS) return false;
    const system = systemOf.get(one.service);
    return system === undefined
      ? systems.length > 1 || causes.some((cause) => one.sentence.includes(cause))
      : systems.includes(system);
  };
  const judgements = happening.troubles.map((trouble) =>
    judgeOne(happening, trouble, { told: own, isOf: (one) => isOf(happening, trouble, one) }),
  );
  const known = new Set(judgements.flatMap(({ incidents }) => incidents));
  return { judgements, false: own.filter((one) => !known.has(one)) };
}

interface Against {
  readonly told: readonly ToldIncident[];
  readonly isOf: (one: MemberAnomaly) => boolean;
}

function judgeOne({ kind, startMs }: Happening, trouble: Trouble, { told, isOf }: Against): Judgement {
  const counted = told.map((incident) => ({ incident, count: [...incident.anomalies.values()].filter(isOf).length }));
  const found = counted.filter(({ count }) => count > 0).sort((left, right) => right.count - left.count);
  const main = found[0]?.incident;
  const last = main?.rankings.at(-1)?.candidates ?? [];
  const seconds = (atMs: number | undefined) => (atMs === undefined ? undefined : (atMs - startMs) / 1000);
  return {
    ...{ kind, trouble, startMs, main, incidents: found.map(({ incident }) => incident) },
    anomalies: found.reduce((sum, { count }) => sum + count, 0),
    inMain: found[0]?.count ?? 0,
    place: placeOf(last, trouble),
    first: last[0],
    isPresumptuous:
      trouble.causes.length === 0 &&
      found.some(({ incident }) => incident.rankings.some(({ candidates: [one] }) => one?.confidence === 'high')),
    decoy: trouble.decoy === undefined ? undefined : decoyOf(last, trouble.decoy),
    openSeconds: seconds(main?.openedAtMs),
    rankSeconds: seconds(main?.rankings[0]?.atMs),
    rivals: Object.fromEntries(
      Object.entries(rivals).map(([name, rival]: [string, Rival]) => [
        name,
        main === undefined ? 0 : 1 + rival(main).findIndex((service) => trouble.causes.includes(service)),
      ]),
    ),
  };
}

function placeOf(candidates: readonly CauseCandidate[], { causes, isChange, isDemand }: Trouble): number {
  return (
    1 +
    candidates.findIndex(({ kind, service, title }) => {
      if (isDemand === true) return kind === 'operational' && /requests/i.test(title);
      const isNamed = causes.some((cause) => service === cause || service.endsWith(` ${cause}`));
      return isNamed && (isChange !== true || kind === 'change');
    })
  );
}

function decoyOf(candidates: readonly CauseCandidate[], decoy: string): Judgement['decoy'] {
  const change = candidates.find(({ kind, service }) => kind === 'change' && service === decoy);
  if (change?.verdict === 'supported') return 'named';
  return (change?.contradicting.length ?? 0) > 0 ? 'explained' : 'silent';
}
