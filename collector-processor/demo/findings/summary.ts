import type { Change } from '../../src/contract/change.ts';
import type { Injection } from '../director/injection.ts';
import { type Delay, delayOf } from './delay.ts';
import type { Finding } from './finding.ts';
import { foremost } from './foremost.ts';
import type { IncidentJudgement } from './judge-incidents.ts';
import { judge } from './match.ts';

export interface Row {
  readonly injection: Injection;
  /** The foremost finding of the fault; absent when it was missed. */
  readonly found?: { readonly finding: Finding; readonly delay: Delay };
  /** Findings of the fault altogether, and what else it caused. */
  readonly matches: number;
  readonly sideEffects: number;
  /** For deploys: whether Sentinel saw the new version. */
  readonly changeSeen?: boolean;
  /** From the injection to the first annotation in Grafana; absent without Grafana. */
  readonly annotatedMs?: number;
  /** What Sentinel made of it; absent before the end. */
  readonly incident?: IncidentJudgement;
}

export interface Summary {
  readonly rows: readonly Row[];
  readonly falseFindings: readonly Finding[];
}

export interface Observed {
  readonly injections: readonly Injection[];
  readonly findings: readonly Finding[];
  readonly changes: readonly Change[];
  /** Injection → milliseconds until Grafana showed it. */
  readonly annotated?: ReadonlyMap<string, number>;
  readonly incidents?: ReadonlyMap<string, IncidentJudgement>;
}

/** One row for each injected fault, and the findings that no fault accounts for. */
export function summarise({ injections, findings, changes, annotated, incidents }: Observed): Summary {
  const judged = findings.map((finding) => ({ finding, verdict: judge(finding.anomaly, injections) }));

  function row(injection: Injection): Row {
    const own = judged.filter(({ verdict }) => verdict.kind !== 'false' && verdict.injection.id === injection.id);
    const matches = own.filter(({ verdict }) => verdict.kind === 'found').map(({ finding }) => finding);
    const finding = foremost(matches, injection.fault);
    const annotatedMs = annotated?.get(injection.id);
    const incident = incidents?.get(injection.id);
    return {
      injection,
      matches: matches.length,
      sideEffects: own.length - matches.length,
      ...(finding === undefined ? {} : { found: { finding, delay: delayOf(finding.anomaly, injection) } }),
      ...(annotatedMs === undefined ? {} : { annotatedMs }),
      ...(incident === undefined ? {} : { incident }),
      ...(injection.fault.deploys === undefined ? {} : { changeSeen: sawDeploy(changes, injection) }),
    };
  }

  return {
    rows: injections.map(row),
    falseFindings: judged.filter(({ verdict }) => verdict.kind === 'false').map(({ finding }) => finding),
  };
}

function sawDeploy(changes: readonly Change[], { fault, startMs, endMs = Infinity }: Injection): boolean {
  return changes.some(
    ({ kind, service, to, timeMs }) =>
      kind === 'deploy' &&
      service === fault.service &&
      to === fault.deploys &&
      timeMs >= startMs - fault.durationMs &&
      timeMs <= endMs + fault.recoveryMs,
  );
}
