import type { Measure } from '../model/anomaly.ts';
import type { Frame } from './buckets/frame.ts';
import type { Band } from './ensemble.ts';

/** What one step of a series came to. One object is reused. */
export interface Reading {
  value: number;
  /** Items behind the value, and how many of them failed. */
  events: number;
  failures: number;
  /** End of the step, event time. */
  timeMs: number;
  stepMs: number;
  /** See `Step.detail`. */
  detail: number;
  /** How many items each seen one stands for, on average; 1 without sampling. */
  weight: number;
  /** Whether a rate counts things, which gives it the noise of counts; seconds and the like have noise of their own. */
  isCount: boolean;
  /** As which measure a finding is told, where it is not the series' own. */
  toldAs?: Measure | undefined;
  /** What was usual, where a watch knows it and no detector. */
  expected?: number | undefined;
  band?: Band | undefined;
  /** With how many others an instance was compared. */
  peers?: number | undefined;
  /** Where examples are: row -1 when there is none. */
  frame: Frame;
  row: number;
}
