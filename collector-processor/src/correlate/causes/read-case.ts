import type { CauseCase } from './cause-case.ts';

/**
 * A case that was written as JSON, which has no NaN: a step without a value is null there. Undefined for what is no case.
 */
export function readCase(written: unknown): CauseCase | undefined {
  if (!isCase(written)) return undefined;
  const series = written.series.map((one) => ({
    ...one,
    values: one.values.map((value: number | null) => value ?? Number.NaN),
  }));
  return { ...written, series };
}

function isCase(written: unknown): written is CauseCase {
  if (typeof written !== 'object' || written === null) return false;
  return (
    'version' in written &&
    written.version === 1 &&
    'alarm' in written &&
    'series' in written &&
    Array.isArray(written.series)
  );
}
