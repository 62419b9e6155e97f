import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type RuleFile, ruleFileText } from '../../src/slo/rules/rule-file.ts';
import { BAD, EVENTS } from './rule-files.ts';
import type { EventStream, Minutes } from './streams.ts';

export interface RunStream {
  readonly name: string;
  readonly stream: EventStream;
}

/** What rules said of the streams. */
export interface RulesRun {
  /** For each minute's end whether the alert of a tier fires. */
  fires(stream: string, tier: string): Uint8Array;
  /** Of the budget, at the end. */
  left(stream: string): number | undefined;
}

export const promtool = process.env['PROMTOOL'] ?? 'promtool';

const LEFT = 'slo:period_error_budget_remaining:ratio';
const OUTPUT_BYTES = 1 << 28;

/**
 * Rules in promtool, evaluated each minute. It only compares: told to expect nothing, it says of each minute what it got instead.
 */
export function runRules(rules: RuleFile, streams: readonly RunStream[], minutes: number): RulesRun {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-bench-'));
  const inFolder = (name: string) => join(folder, name);
  const every = (expr: string, from: number) =>
    Array.from({ length: minutes - from + 1 }, (_, index) => ({
      expr,
      eval_time: `${from + index}m`,
      exp_samples: [],
    }));
  const test = {
    interval: '1m',
    input_series: streams.flatMap(({ name, stream }) => [
      { series: `${EVENTS}{stream="${name}"}`, values: readings(stream.total, stream.unread) },
      { series: `${BAD}{stream="${name}"}`, values: readings(stream.bad, stream.unread) },
    ]),
    promql_expr_test: [...every('ALERTS{alertstate="firing",slo_tier!=""}', 0), ...every(LEFT, minutes)],
  };
  writeFileSync(inFolder('rules.yaml'), ruleFileText(rules, 'Rules of a benchmark.'));
  writeFileSync(
    inFolder('test.yaml'),
    stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests: [test] }),
  );
  const { stdout, stderr, error } = spawnSync(promtool, ['test', 'rules', inFolder('test.yaml')], {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES,
  });
  rmSync(folder, { recursive: true });
  if (error !== undefined) throw error;
  return readRun(`${stdout}${stderr}`, minutes);
}

/** What a counter shows at the end of each minute, `_` where nobody read it. */
function readings(events: Float64Array, unread: readonly Minutes[]): string {
  let sum = 0;
  const after = [...events].map((count, minute) => {
    sum += count;
    return unread.some(({ from, to }) => minute >= from && minute < to) ? '_' : String(sum);
  });
  return ['0', ...after].join(' ');
}

function readRun(output: string, minutes: number): RulesRun {
  const alerts = new Map<string, Uint8Array>();
  const budgets = new Map<string, number>();
  const failures = [...output.matchAll(/expr: "(.*)", time: (\S+),\s+exp: nil\s+got: (.*)/g)];
  if (failures.length === 0) throw new Error(`promtool said nothing of what it got: ${output.slice(0, 1000)}`);
  for (const [, expr = '', time = '', got = ''] of failures) {
    for (const [, labels = '', value = ''] of got.matchAll(/\{([^}]*)\} ([^\s,]+)/g)) {
      const label = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
      if (expr === LEFT) budgets.set(label('stream'), Number(value));
      else fire(`${label('stream')}\n${label('slo_tier')}`, minutesOf(time));
    }
  }
  return {
    fires: (stream, tier) => alerts.get(`${stream}\n${tier}`) ?? new Uint8Array(minutes + 1),
    left: (stream) => budgets.get(stream),
  };

  function fire(key: string, minute: number): void {
    const fires = alerts.get(key) ?? new Uint8Array(minutes + 1);
    fires[minute] = 1;
    alerts.set(key, fires);
  }
}

/** `1d2h3m` and the like. */
function minutesOf(text: string): number {
  const units: Readonly<Record<string, number>> = { d: 1440, h: 60, m: 1, s: 1 / 60 };
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit = 'm']) => sum + Number(count) * units[unit]!,
    0,
  );
}
