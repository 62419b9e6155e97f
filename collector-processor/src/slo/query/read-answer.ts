import type { MatrixRow } from '../../model/metrics-query.ts';
import type { Counts } from '../../model/slo-counts.ts';
import type { Group } from '../budget/budget-key.ts';
import { PART, type Question } from './question.ts';

const MINUTE_MS = 60_000;

/** What is known of one group, by the begin of each minute. */
export interface GroupCounts {
  readonly group: Group;
  readonly minutes: ReadonlyMap<number, Counts>;
}

type Step = Counts & { readonly endMs: number };

/** Counts by minute of each group. Minutes of which the answer says nothing are not there: they stay unknown. */
export function readAnswer(rows: readonly MatrixRow[], question: Question): readonly GroupCounts[] {
  const { kind, stepMs } = question;
  const groups = kind === 'events' ? eventSteps(rows) : rows.map((row) => valueSteps(row, question));
  return groups.map(({ group, steps }) => {
    const minutes = new Map<number, Counts>();
    for (const step of steps) place(minutes, step, { stepMs, isSpread: kind !== 'slices' });
    return { group, minutes };
  });
}

/** Bad ones count where all events are known: without those nobody knows whether they are many. */
function eventSteps(rows: readonly MatrixRow[]): { group: Group; steps: readonly Step[] }[] {
  const bad = new Map<string, ReadonlyMap<number, number>>();
  for (const { labels, values } of rows) {
    if (labels[PART] !== 'bad') continue;
    bad.set(JSON.stringify(groupOf(labels)), new Map(values.map(({ timeMs, value }) => [timeMs, value])));
  }
  return rows
    .filter(({ labels }) => labels[PART] === 'total')
    .map(({ labels, values }) => {
      const group = groupOf(labels);
      const known = bad.get(JSON.stringify(group));
      return {
        group,
        steps: values.map(({ timeMs, value }) => ({ endMs: timeMs, total: value, bad: known?.get(timeMs) ?? 0 })),
      };
    });
}

function valueSteps({ labels, values }: MatrixRow, { kind, stepMs }: Question) {
  const total = kind === 'share' ? stepMs / MINUTE_MS : 1;
  const steps = values.map(({ timeMs, value }) => ({
    endMs: timeMs,
    total,
    bad: total * Math.min(1, Math.max(0, value)),
  }));
  return { group: groupOf(labels), steps };
}

function groupOf(labels: MatrixRow['labels']): Group {
  const own = Object.entries(labels).filter(([name]) => name !== PART && name !== '__name__');
  return Object.fromEntries(own.sort(([left], [right]) => (left < right ? -1 : Number(left > right))));
}

/** A step of several minutes is spread over them, or, where it is one event, belongs to its last one. */
function place(
  minutes: Map<number, Counts>,
  { endMs, total, bad }: Step,
  { stepMs, isSpread }: { readonly stepMs: number; readonly isSpread: boolean },
): void {
  const count = Math.max(1, stepMs / MINUTE_MS);
  const last = (Math.ceil(endMs / MINUTE_MS) - 1) * MINUTE_MS;
  for (let back = 0; back < count; back++) {
    const share = isSpread ? 1 / count : Number(back === 0);
    const at = last - back * MINUTE_MS;
    const known = minutes.get(at) ?? { total: 0, bad: 0 };
    minutes.set(at, { total: known.total + total * share, bad: known.bad + bad * share });
  }
}
