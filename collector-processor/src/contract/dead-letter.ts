import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';
import { Signal } from './signal.ts';

const letter = {
  id: Type.String(),
  backend: Type.String({ description: 'The backend that will not take it.' }),
  reason: Type.String({ description: 'Of its last refusal, masked.' }),
  signal: Signal,
  diedAtMs: TimeMs('When it was given up'),
  receivedAtMs: TimeMs('When it was received'),
  bytes: Type.Integer({ minimum: 0, description: 'As received.' }),
  items: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Spans, points or records; absent when they cannot be counted.' }),
  ),
  encoding: Type.Enum(['protobuf', 'json'], { type: 'string' }),
  compression: Type.Enum(['identity', 'gzip', 'zstd'], { type: 'string' }),
  tenant: Type.String(),
  headers: Type.Record(Type.String(), Type.String(), {
    description: 'Request headers that are passed on (`receivers.otlp.tenant_headers`), masked.',
  }),
  refusedReplays: Type.Integer({ minimum: 0, description: 'Replays that the backend refused.' }),
  lastReplayAtMs: Type.Optional(TimeMs('Last replay that was refused')),
};

export const DeadLetter = Type.Object(letter, {
  title: 'DeadLetter',
  additionalProperties: false,
  description: 'A request that had been acknowledged and that a backend then refused for good.',
});
export type DeadLetter = Immutable<Static<typeof DeadLetter>>;

export const DeadLetterDetail = Type.Object(
  {
    ...letter,
    preview: Type.Object(
      {
        lines: Type.Array(Type.String(), { description: 'The first items, one line each, masked.' }),
        isWhole: Type.Boolean({ description: 'There are no more than these.' }),
        fault: Type.Optional(Type.String({ description: 'Why it cannot be read, or read further.' })),
      },
      { additionalProperties: false },
    ),
  },
  { title: 'DeadLetterDetail', additionalProperties: false },
);
export type DeadLetterDetail = Immutable<Static<typeof DeadLetterDetail>>;

export const DeadLetterQuery = Type.Object(
  {
    ...pageQuery,
    backend: Type.Optional(Type.String({ maxLength: 200 })),
    signal: Type.Optional(Signal),
  },
  { additionalProperties: false },
);

export const DeadLetterReplayQuery = Type.Object(
  {
    to: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Another backend than its own, by its name; it must take the signal.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const DeadLetterPage = Page(DeadLetter, 'DeadLetterPage');
export type DeadLetterPage = Immutable<Static<typeof DeadLetterPage>>;

export const DeadLetterReplay = Type.Object(
  {
    outcome: Type.Enum(['delivered', 'refused', 'postponed'], {
      type: 'string',
      description:
        '`delivered`: the backend has acknowledged it and the letter is gone. `refused`: it stays, with the new reason. ' +
        '`postponed`: the backend did not answer, or asked to wait; the letter is as it was.',
    }),
    reason: Type.Optional(Type.String({ description: 'Why it was not delivered, masked.' })),
  },
  { title: 'DeadLetterReplay', additionalProperties: false },
);
export type DeadLetterReplay = Immutable<Static<typeof DeadLetterReplay>>;
