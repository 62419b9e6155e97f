import { type Static, Type } from 'typebox';
import { rungs, type RunScope } from '../../model/action.ts';
import { closed, Texts } from '../../runtime/yaml/schema-parts.ts';

const Name = Type.String({ minLength: 1 });
const Share = Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?%$', description: 'Write a share such as 10%.' });
const Time = Type.String({ description: 'Write a length of time such as 30m.' });
const Names = Type.Array(Name, { minItems: 1, description: 'Write a list of names.' });
const Count = Type.Integer({ minimum: 0 });
const Scope = Type.Enum(['target', 'service', 'action', 'all'] satisfies RunScope[]);

const match = Type.Object(
  {
    actions: Type.Optional(Names),
    services: Type.Optional(Names),
    environments: Type.Optional(Names),
    labels: Type.Optional(Texts),
  },
  closed,
);

/** One policy of a file. */
export const policySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'Say what it is for: refusals name it.' }),
    match: Type.Optional(match),
    allow: Type.Optional(Type.Enum([...rungs])),
    deny: Type.Optional(Type.Literal(true)),
    when: Type.Optional(Type.Object({ budget_below: Share }, closed)),
    confidence: Type.Optional(Type.Enum(['low', 'medium', 'high'])),
    blast_radius: Type.Optional(
      Type.Object(
        {
          instances: Type.Optional(Type.Union([Count, Share], { description: 'Write a number, or a share as 30%.' })),
          services: Type.Optional(Count),
          dependents: Type.Optional(Count),
        },
        closed,
      ),
    ),
    cool_down: Type.Optional(Time),
    rate: Type.Optional(Type.Object({ runs: Count, per: Time, of: Type.Optional(Scope) }, closed)),
    concurrency: Type.Optional(Type.Object({ runs: Type.Integer({ minimum: 1 }), of: Type.Optional(Scope) }, closed)),
    canary: Type.Optional(Type.Object({ instances: Type.Integer({ minimum: 1 }) }, closed)),
    approval: Type.Optional(
      Type.Object({ persons: Type.Integer({ minimum: 1, maximum: 5 }), within: Type.Optional(Time) }, closed),
    ),
  },
  closed,
);

export type WrittenPolicy = Static<typeof policySchema>;
