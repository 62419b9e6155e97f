import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseCall, CaseChange, CaseLog, CaseSeries, CauseCase } from '../../src/correlate/causes/cause-case.ts';
import { measureOf, unitOf } from '../../src/correlate/causes/measure-names.ts';
import { numberOf, rowsOfCsv } from './csv.ts';

export interface RootCauseCase {
  readonly name: string;
  readonly truth: Truth;
  readonly facts: CauseCase;
}

interface Truth {
  readonly root_cause_commit: string;
  readonly first_failing_service: string;
  readonly blast_radius: readonly string[];
  readonly decoy_deploy_commits: readonly string[];
}

interface Line {
  readonly timestamp: string;
  readonly service: string;
  readonly severity_text: string;
  readonly msg: string;
}

interface Span {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_id: string | null;
  readonly service: string;
}

interface Deploy {
  readonly timestamp: string;
  readonly service: string;
  readonly commit_sha: string;
}

interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly files_changed: readonly string[];
  readonly diff: string | null;
}

/** The first part of a record is taken for a time without trouble. */
const USUAL_SHARE = 0.3;

export function* readRootCauseBench(directory: string): Generator<RootCauseCase> {
  for (const name of readdirSync(directory).sort()) {
    const path = (file: string): string => join(directory, name, file);
    let text = '';
    try {
      text = readFileSync(path('ground_truth.json'), 'utf8');
    } catch {
      continue;
    }
    const alert = json(path('alert.json')) as { service: string; metric: string; fired_at: string };
    const lines = readFileSync(path('logs.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
    const spans = json(path('traces.json')) as readonly Span[];
    const deploys = json(path('context/deploys.json')) as readonly Deploy[];
    const series = seriesOf(readFileSync(path('metrics.csv'), 'utf8'));
    const services = new Set([...series, ...lines, ...spans, ...deploys].map(({ service }) => service));
    const alarm = {
      service: alert.service,
      seriesId: `${alert.service} ${alert.metric}`,
      atMs: Date.parse(alert.fired_at),
    };
    const changes = changesOf(deploys, json(path('context/commits.json')) as readonly Commit[]);
    const facts: CauseCase = {
      version: 1,
      alarm,
      series,
      calls: callsOf(spans),
      logs: logsOf(lines, services),
      changes,
    };
    yield { name, truth: JSON.parse(text) as Truth, facts };
  }
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function seriesOf(text: string): readonly CaseSeries[] {
  const perSeries = Map.groupBy(rowsOfCsv(text).slice(1), ([, service = '', metric = '']) => `${service} ${metric}`);
  return [...perSeries].map(([id, rows]) => {
    const [, service = '', name = ''] = rows[0] ?? [];
    const timesMs = rows.map(([time = '']) => Date.parse(time));
    const values = rows.map(([, , , value]) => numberOf(value));
    const usual = values.slice(0, Math.ceil(USUAL_SHARE * values.length));
    return {
      id,
      service,
      name,
      title: `${name} of ${service}`,
      measure: measureOf(name),
      unit: unitOf(name, values),
      usual,
      timesMs,
      values,
    };
  });
}

/** Spans of one request may stand under several trace ids: a parent's id is enough where only one span has it. */
function callsOf(spans: readonly Span[]): readonly CaseCall[] {
  const byId = Map.groupBy(spans, ({ span_id }) => span_id);
  const found = new Map<string, CaseCall>();
  for (const span of spans) {
    const parents = byId.get(span.parent_id ?? '') ?? [];
    const parent = parents.length === 1 ? parents[0] : parents.find(({ trace_id }) => trace_id === span.trace_id);
    if (parent === undefined || parent.service === span.service) continue;
    found.set(`${parent.service} ${span.service}`, { from: parent.service, to: span.service, remote: false });
  }
  return [...found.values()];
}

const severities: Readonly<Record<string, CaseLog['severity']>> = { ERROR: 'error', FATAL: 'error', WARN: 'warn' };

function logsOf(lines: readonly Line[], services: ReadonlySet<string>): readonly CaseLog[] {
  const kinds = Map.groupBy(lines, ({ service, severity_text, msg }) => `${service} ${severity_text} ${masked(msg)}`);
  return [...kinds.values()].map((same) => {
    const [{ service, severity_text, msg }] = same as [Line];
    return {
      service,
      severity: severities[severity_text] ?? 'info',
      text: masked(msg),
      names: [...services].filter((name) => name !== service && msg.includes(name)),
      item: sharedItem(same),
      outside: /\b(?:producer|provider|partner|vendor|peer)[=:]\s*([\w.-]+)/.exec(msg)?.[1] ?? '',
      timesMs: same.map(({ timestamp }) => Date.parse(timestamp)).sort((left, right) => left - right),
    };
  });
}

function masked(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"/g, "'_'").replace(/\b\w*\d[\w.-]*\b/g, '_');
}

/** What most of the lines name alike: a record, offset or message id. */
function sharedItem(lines: readonly Line[]): string {
  const items = lines.flatMap(
    ({ msg }) => /\b(?:record|message|event|offset|item)(?:_?id)?[=: ]\s*['"]?([\w-]*\d[\w-]*)/i.exec(msg)?.[0] ?? [],
  );
  const [item, same] = [...Map.groupBy(items, (one) => one)].sort(
    (left, right) => right[1].length - left[1].length,
  )[0] ?? ['', []];
  return same.length * 2 > lines.length && lines.length > 1 ? item : '';
}

function changesOf(deploys: readonly Deploy[], commits: readonly Commit[]): readonly CaseChange[] {
  return deploys.flatMap(({ timestamp, service, commit_sha }) => {
    const commit = commits.find(({ sha }) => sha === commit_sha);
    const { message = '', files_changed: files = [], diff } = commit ?? {};
    return [{ id: commit_sha, service, atMs: Date.parse(timestamp), title: message, files, diff: diff ?? '' }];
  });
}
