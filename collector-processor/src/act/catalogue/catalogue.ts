import type { PlanStep } from '../../model/plan.ts';
import type { StepResult } from '../runs/run-ports.ts';

export type ParameterValue = string | number | boolean;

/** What whoever runs an action may choose. */
export interface Parameter {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number' | 'boolean';
  readonly description: string;
  /** Absent: it has to be given. */
  readonly byDefault?: ParameterValue;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Of a text; empty: any. */
  readonly options: readonly string[];
}

/** Something that can be done to a kind of target. */
export interface CatalogueAction {
  readonly name: string;
  readonly title: string;
  readonly targetKind: string;
  readonly parameters: readonly Parameter[];
  /** The action that takes it back, with what it is given; absent: nothing does. */
  readonly undo?: { readonly action: string; readonly parameters: Readonly<Record<string, ParameterValue>> };
  readonly cost: 'low' | 'medium' | 'high';
  readonly canary?: { readonly instances: number; readonly watchMs: number };
  /** How long detectors watch after it. */
  readonly watchMs: number;
  readonly type: string;
  readonly perform: PerformStep;
}

/** A step that is to be done now, with what its action needs. */
export interface StepOrder {
  /** The same for every attempt. */
  readonly key: string;
  readonly step: PlanStep;
  readonly incidentId: string;
  /** Somebody had begun it and was never heard of again. */
  readonly isInDoubt: boolean;
  readonly stopped: AbortSignal;
}

export type PerformStep = (order: StepOrder) => Promise<StepResult>;
