import { Type, type Static } from 'typebox';
import { CoverageCounts } from './coverage.ts';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Role } from './token.ts';

export const Health = Type.Object(
  { status: Type.Literal('ok') },
  { title: 'Health', additionalProperties: false, description: 'The process answers.' },
);
export type Health = Immutable<Static<typeof Health>>;

export const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    reasons: Type.Array(Type.String(), { description: 'What it waits for; empty when ready.' }),
  },
  { title: 'Readiness', additionalProperties: false },
);
export type Readiness = Immutable<Static<typeof Readiness>>;

/** What "Test connection" shows. */
export const Status = Type.Object(
  {
    product: Type.Literal('sentinel'),
    version: Type.String(),
    apiVersion: Type.Literal(1),
    instance: Type.String({ description: 'Id of the store, stable over restarts.' }),
    startedAtMs: TimeMs('Start of the process'),
    nowMs: TimeMs('Clock of the sidecar'),
    role: Role,
    coverage: CoverageCounts,
    anomalies: Type.Object(
      {
        open: Type.Integer({ minimum: 0 }),
        paging: Type.Integer({ minimum: 0, description: 'Open ones above the page border.' }),
      },
      { additionalProperties: false },
    ),
    memory: Type.Object({ rssBytes: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
  },
  { title: 'Status', additionalProperties: false },
);
export type Status = Immutable<Static<typeof Status>>;
