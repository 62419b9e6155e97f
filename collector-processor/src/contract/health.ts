import { Type, type Static } from 'typebox';
import { CoverageCounts } from './coverage.ts';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Role } from './token.ts';

export const DutyState = Type.Enum(['active', 'suspended', 'standby'], {
  type: 'string',
  title: 'DutyState',
  description:
    'Of several processes on one PostgreSQL store. `active`: it writes, publishes findings and draws annotations. `standby`: ' +
    'another does; this one receives and forwards. `suspended`: it was active and could not renew its lease in time.',
});
export type DutyState = Static<typeof DutyState>;

export const Health = Type.Object(
  { status: Type.Literal('ok'), duty: Type.Optional(DutyState) },
  { title: 'Health', additionalProperties: false, description: 'The process answers.' },
);
export type Health = Immutable<Static<typeof Health>>;

export const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    reasons: Type.Array(Type.String(), { description: 'What it waits for; empty when ready.' }),
    troubles: Type.Array(Type.String(), {
      description: 'What is wrong, and no reason to send telemetry elsewhere.',
    }),
    duty: Type.Optional(DutyState),
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
    duty: Type.Optional(
      Type.Object(
        { state: DutyState, holder: Type.String({ description: 'The active process, as far as this one knows.' }) },
        { additionalProperties: false, description: 'Absent where no other process can be on the store.' },
      ),
    ),
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
