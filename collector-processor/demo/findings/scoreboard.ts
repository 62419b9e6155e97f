import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Change } from '../../src/contract/change.ts';
import type { Injection } from '../director/injection.ts';
import type { Finding } from './finding.ts';
import type { IncidentJudgement } from './judge-incidents.ts';
import { judge, type Verdict } from './match.ts';
import { summarise, type Summary } from './summary.ts';

/** A demo that runs for days forgets its oldest findings. */
const MAX_FINDINGS = 5_000;

export interface Scoreboard {
  injected(injection: Injection): void;
  ended(injection: Injection): void;
  /** The verdict for an anomaly that is new; undefined for more about one that is known. */
  anomaly(anomaly: Anomaly): Verdict | undefined;
  change(change: Change): void;
  /** A fault was drawn in Grafana, so long after it was put in. */
  annotated(injectionId: string, delayMs: number): void;
  /** What was made of the faults. */
  judged(incidents: ReadonlyMap<string, IncidentJudgement>): void;
  injections(): readonly Injection[];
  findings(): readonly Finding[];
  summary(): Summary;
}

/** Keeps what was injected beside what Sentinel found. */
export function createScoreboard(): Scoreboard {
  const injections = new Map<string, Injection>();
  const findings = new Map<string, Finding>();
  const changes: Change[] = [];
  const annotated = new Map<string, number>();
  let incidents: ReadonlyMap<string, IncidentJudgement> = new Map();

  return {
    injected: (injection) => void injections.set(injection.id, injection),
    ended: (injection) => void injections.set(injection.id, injection),
    anomaly(anomaly) {
      const known = findings.get(anomaly.id);
      if (known !== undefined) {
        findings.set(anomaly.id, { ...known, border: anomaly.border });
        return undefined;
      }
      findings.set(anomaly.id, { anomaly, border: anomaly.border });
      const oldest = findings.keys().next();
      if (findings.size > MAX_FINDINGS && oldest.done !== true) findings.delete(oldest.value);
      return judge(anomaly, [...injections.values()]);
    },
    change: (change) => void changes.push(change),
    annotated: (injectionId, delayMs) => void annotated.set(injectionId, delayMs),
    judged: (all) => void (incidents = all),
    injections: () => [...injections.values()],
    findings: () => [...findings.values()],
    summary: () =>
      summarise({
        injections: [...injections.values()],
        findings: [...findings.values()],
        changes,
        annotated,
        incidents,
      }),
  };
}
