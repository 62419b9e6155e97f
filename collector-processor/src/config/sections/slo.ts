import { Type } from 'typebox';
import { Integer } from '../types.ts';

/** Objectives and their error budgets. */
export const sloSection = Type.Object(
  {
    files: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      maxItems: 100,
      description:
        'Files, or folders with `*.yaml` and `*.yml`, of objectives: OpenSLO v1, Sloth, Pyrra or `sentinel/v1`.',
    }),
    max_budgets: Integer(200, 'Error budgets that are kept; each takes 9 bytes for every minute of its window.', 1),
    max_corrections: Integer(1_000, 'Corrections in force that still touch a window; more are refused.', 1),
  },
  { additionalProperties: false, default: {}, description: 'Objectives and error budgets.' },
);
