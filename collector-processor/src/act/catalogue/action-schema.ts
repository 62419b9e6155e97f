import { type Static, Type } from 'typebox';
import { closed } from '../../runtime/yaml/schema-parts.ts';

const Name = Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: 'Use small letters, digits and -.' });
const Time = Type.String({ description: 'Write a length of time such as 30s or 5m.' });
const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  description: 'Write a text, number or truth.',
});

const parameter = Type.Object(
  {
    type: Type.Optional(Type.Enum(['text', 'integer', 'number', 'boolean'])),
    description: Type.Optional(Type.String()),
    default: Type.Optional(Value),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    options: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
  },
  closed,
);

/** An action of the catalogue; what stands under `with` is its type's business. */
export const actionSchema = Type.Object(
  {
    name: Name,
    title: Type.String({ minLength: 1, description: 'Begin with a verb: Roll back a deploy.' }),
    type: Type.String({ minLength: 1 }),
    with: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    target: Type.Optional(Type.String({ minLength: 1 })),
    parameters: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9_]*$' }), parameter, { additionalProperties: false }),
    ),
    undo: Type.Optional(
      Type.Object({ action: Name, parameters: Type.Optional(Type.Record(Type.String(), Value)) }, closed),
    ),
    cost: Type.Optional(Type.Enum(['low', 'medium', 'high'])),
    canary: Type.Optional(Type.Object({ instances: Type.Integer({ minimum: 1 }), watch: Type.Optional(Time) }, closed)),
    watch: Type.Optional(Time),
    timeout: Type.Optional(Time),
    retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
  },
  closed,
);

export type WrittenAction = Static<typeof actionSchema>;
export type WrittenParameter = Static<typeof parameter>;
