import { expect, test } from '@jest/globals';
import type * as model from '../model/anomaly.ts';
import type * as coverage from '../model/coverage.ts';
import type * as signal from '../model/signal.ts';
import type * as contract from './index.ts';

/** The first is what the pipeline has, the second what the API promises. */
type Fits<From extends To, To> = From extends To ? true : never;
type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : never) : never;
/** Optional fields too: one that only one side has would fit both ways. */
type SameFields<Left, Right> = Same<Left, Right> & Same<keyof Left, keyof Right>;

/**
 * Compiled, not run: a field that is added to the model and forgotten in the contract, or the other way round, is a type
 * error here. Numbers of an anomaly may be null in the contract only (JSON has no NaN).
 */
const compiled: {
  readonly signal: Same<signal.Signal, contract.Signal>;
  readonly measure: Same<model.Measure, contract.Measure>;
  readonly series: SameFields<model.Series, contract.Series>;
  readonly change: SameFields<model.Change, contract.Change>;
  readonly coverage: SameFields<coverage.CoverageEntry, contract.CoverageEntry>;
  readonly counts: SameFields<coverage.CoverageCounts, contract.CoverageCounts>;
  readonly anomaly: Fits<model.Anomaly, contract.Anomaly>;
  readonly anomalyFields: Same<keyof model.Anomaly, keyof contract.Anomaly>;
  readonly reasonFields: Same<keyof model.Reason, keyof contract.Reason>;
  readonly event: Fits<model.AnomalyEvent, contract.AnomalyNotice>;
} = {
  signal: true,
  measure: true,
  series: true,
  change: true,
  coverage: true,
  counts: true,
  anomaly: true,
  anomalyFields: true,
  reasonFields: true,
  event: true,
};

test('the contract and the model have the same words', () => {
  expect(Object.values(compiled)).toEqual(Array.from({ length: 10 }, () => true));
});
