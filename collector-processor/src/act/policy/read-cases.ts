import type { ActionTarget, GuardName, RunRequest } from '../../model/action.ts';
import { documentsOf, type FileProblem, fit, placed } from '../../runtime/yaml/documents.ts';
import type { TextFile } from '../../runtime/yaml/read-yaml-files.ts';
import { textsOf } from '../../runtime/yaml/schema-parts.ts';
import { timeAt } from '../../runtime/yaml/time-at.ts';
import {
  all,
  fault,
  faults,
  faultsOf,
  part,
  type Part,
  then,
  together,
  valuesOf,
} from '../../runtime/yaml/understood.ts';
import type { Situation } from '../guards/guard.ts';
import { caseFileSchema, type WrittenCase } from './case-schema.ts';

/** What is asked of the policies, and the guards that have to refuse it. */
export interface PolicyCase {
  readonly name: string;
  readonly request: RunRequest;
  readonly situation: Situation;
  readonly refusedBy: readonly GuardName[];
}

interface CasesResult {
  readonly cases: readonly PolicyCase[];
  readonly problems: readonly FileProblem[];
}

type Path = readonly (string | number)[];

/** Reads `cases:` of a file. */
export function readCases({ name: file, text }: TextFile): CasesResult {
  const parsed = documentsOf(file, text);
  if (parsed.kind === 'invalid') return { cases: [], problems: parsed.problems };
  const read = parsed.documents.map((document): CasesResult => {
    const fitting = fit(document, caseFileSchema);
    if (fitting.kind === 'problems') return { cases: [], problems: fitting.problems };
    const found = fitting.value.cases.map((written, index) => readCase(written, ['cases', index]));
    return { cases: valuesOf(found), problems: placed(faultsOf(found), document) };
  });
  return { cases: read.flatMap(({ cases }) => cases), problems: read.flatMap(({ problems }) => problems) };
}

function readCase(written: WrittenCase, path: Path): Part<PolicyCase> {
  const read = together({ nowMs: momentAt(written.at, [...path, 'at']), ages: agesOf(written, path) });
  return then(read, ({ nowMs, ages }) => {
    const target = targetOf(written.target);
    return part({
      name: written.name,
      request: requestOf(written, target, nowMs),
      situation: situationOf(written, target, { nowMs, ages }),
      refusedBy: written.refused_by,
    });
  });
}

function targetOf({ service, environment = '', kind = 'deployment', name = service, labels }: WrittenCase['target']) {
  return { service, environment, kind, name, labels: textsOf(labels) };
}

function requestOf(written: WrittenCase, target: ActionTarget, nowMs: number): RunRequest {
  const { action, by, cause, touches, canary, approvals = [] } = written;
  return {
    planId: 'case',
    planVersion: 1,
    action,
    target,
    ...(cause === undefined ? {} : { cause: { ...cause, confidence: cause.confidence ?? '' } }),
    blastRadius: {
      instances: touches.instances,
      ofInstances: touches.of ?? 0,
      services: touches.services ?? 1,
      dependents: touches.dependents ?? 0,
    },
    ...(canary === undefined ? {} : { canary: { instances: canary } }),
    expiresAtMs: Infinity,
    initiator: by === undefined ? { kind: 'sentinel' } : { kind: 'person', name: by },
    approvals: approvals.map((person) => ({ by: person, planVersion: 1, atMs: nowMs })),
  };
}

function situationOf(
  { action, ladder, budgets = {}, runs = [] }: WrittenCase,
  target: ActionTarget,
  { nowMs, ages }: { readonly nowMs: number; readonly ages: readonly number[] },
): Situation {
  return {
    nowMs,
    freezes: [],
    maintenance: [],
    rung: ladder,
    budgets: Object.entries(budgets).map(([objective, left]) => ({
      objective,
      service: target.service,
      left: Number.parseFloat(left) / 100,
    })),
    runs: runs.map((run, index) => {
      const startMs = nowMs - (ages[index] ?? 0);
      return {
        id: String(index),
        action: run.action ?? action,
        target,
        initiator: { kind: 'sentinel' },
        startMs,
        endMs: startMs,
      };
    }),
  };
}

function momentAt(text: string, path: Path): Part<number> {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return part(ms);
  return faults(fault(path, `"${text}" is no moment.`, 'Write it as 2026-03-02T03:00:00Z.'));
}

function agesOf({ runs = [] }: WrittenCase, path: Path): Part<readonly number[]> {
  return all(runs.map(({ ago }, index) => timeAt(ago, [...path, 'runs', index, 'ago'], '30m or 2h')));
}
