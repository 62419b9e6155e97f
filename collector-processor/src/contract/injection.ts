import { Type, type Static } from 'typebox';
import { Direction } from './anomaly.ts';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Signal } from './signal.ts';

/** What Sentinel found of an injected fault. */
export const Discovery = Type.Object(
  {
    anomalyId: Type.String(),
    signal: Signal,
    service: Type.String(),
    direction: Direction,
    sentence: Type.String(),
    delayMs: Type.Number({ description: 'From the injection to the finding.' }),
  },
  { title: 'Discovery', additionalProperties: false },
);
export type Discovery = Immutable<Static<typeof Discovery>>;

/** A fault that the demo shop injected. */
export const Injection = Type.Object(
  {
    id: Type.String(),
    fault: Type.String({ description: 'Entry of the fault menu.' }),
    service: Type.String(),
    startMs: TimeMs('Injected at'),
    endMs: Type.Optional(TimeMs('Ended at; absent while it lasts')),
    found: Type.Array(Discovery),
  },
  { title: 'Injection', additionalProperties: false },
);
export type Injection = Immutable<Static<typeof Injection>>;

export const InjectionList = Type.Object(
  { items: Type.Array(Injection) },
  { title: 'InjectionList', additionalProperties: false, description: 'Newest first; empty outside the demo.' },
);
export type InjectionList = Immutable<Static<typeof InjectionList>>;
