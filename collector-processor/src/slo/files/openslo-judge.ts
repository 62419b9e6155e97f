import type { Indicator } from '../../model/slo.ts';
import { promText } from '../../runtime/yaml/lengths-of-time.ts';
import { fault, faults, part, type Part, then } from '../../runtime/yaml/understood.ts';
import { withWindow } from '../promql/parse-query.ts';
import { badShare } from '../promql/shares.ts';
import { oddWhenNot } from './common-parts.ts';
import type { Measured } from './openslo-indicator.ts';
import { shorthandMs } from './openslo-lengths.ts';
import type { OpenSlo, OpenSloObjective } from './openslo-schema.ts';

type Path = readonly (string | number)[];

interface Budgeting {
  readonly method: OpenSlo['spec']['budgetingMethod'];
  readonly path: Path;
}

/** How often a value is looked at where no slice is asked for. */
const ONE_LOOK_MS = 60_000;

/** No closer look than this at what happens within a slice. */
const CLOSEST_LOOK_MS = 15_000;

const operators = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** What an objective and the budgeting method make of an SLI. */
export function judge(measured: Measured, objective: OpenSloObjective, { method, path }: Budgeting): Part<Indicator> {
  if (method === 'Occurrences') return occurrences(measured, objective, path);
  return then(sliceOf(objective.timeSliceWindow, { method, path }), (sliceMs) =>
    then(shareOfSlice(measured, objective, { sliceMs, path }), (share) => {
      if (method === 'RatioTimeslices') return part({ kind: 'slices', bad: share, sliceMs });
      const { timeSliceTarget } = objective;
      if (timeSliceTarget === undefined) {
        return faults(fault(path, 'budgetingMethod Timeslices needs timeSliceTarget.', 'Add timeSliceTarget: 0.95.'));
      }
      const allowed = Number((1 - timeSliceTarget).toPrecision(12));
      return part({ kind: 'slices', bad: `(${share}) > bool ${allowed}`, sliceMs });
    }),
  );
}

function occurrences(measured: Measured, objective: OpenSloObjective, path: Path): Part<Indicator> {
  if (measured.kind === 'ratio') return part(measured.ratio);
  return then(oddMoment(measured.query, objective, path), (bad) => part({ kind: 'slices', bad, sliceMs: ONE_LOOK_MS }));
}

function oddMoment(query: string, { op, value }: OpenSloObjective, path: Path): Part<string> {
  if (op !== undefined && value !== undefined) return part(oddWhenNot(query, operators[op], value));
  return faults(fault(path, 'An objective on a thresholdMetric needs op and value.', 'Add op: lt and value: 0.3.'));
}

function shareOfSlice(
  measured: Measured,
  objective: OpenSloObjective,
  { sliceMs, path }: { readonly sliceMs: number; readonly path: Path },
): Part<string> {
  const slice = promText(sliceMs);
  if (measured.kind === 'threshold') {
    const look = promText(Math.min(sliceMs, CLOSEST_LOOK_MS));
    return then(oddMoment(measured.query, objective, path), (odd) => part(`avg_over_time((${odd})[${slice}:${look}])`));
  }
  const { ratio } = measured;
  if (ratio.kind === 'share') return part(withWindow(ratio.bad.text, slice));
  return part(badShare(ratio, { text: slice, seconds: sliceMs / 1000 }));
}

/** A bare number is minutes. */
function sliceOf(written: string | number | undefined, { method, path }: Budgeting): Part<number> {
  const isBare = typeof written === 'number' || /^[0-9.]+$/.test(written ?? '');
  const sliceMs = isBare ? Number(written) * 60_000 : shorthandMs(written ?? '');
  if (sliceMs !== undefined && sliceMs > 0) return part(sliceMs);
  const message = `budgetingMethod ${method} needs timeSliceWindow.`;
  return faults(fault([...path, 'timeSliceWindow'], message, 'Write it as 1m or 5m, or as a number of minutes.'));
}
