import { type Static, Type } from 'typebox';
import { guardNames, rungs } from '../../model/action.ts';
import { closed, Texts } from '../../runtime/yaml/schema-parts.ts';

const Name = Type.String({ minLength: 1 });
const Count = Type.Integer({ minimum: 0 });
const Time = Type.String({ description: 'Write a length of time such as 30m.' });
const Share = Type.String({ pattern: '^-?[0-9]+(\\.[0-9]+)?%$', description: 'Write a share such as 4%.' });

const target = Type.Object(
  {
    service: Name,
    environment: Type.Optional(Name),
    kind: Type.Optional(Name),
    name: Type.Optional(Name),
    labels: Type.Optional(Texts),
  },
  closed,
);

/** One thing that somebody wants to do in a situation, and what the policies have to say to it. */
const policyCase = Type.Object(
  {
    name: Name,
    at: Type.String({ description: 'Write a moment such as 2026-03-02T03:00:00Z.' }),
    action: Name,
    target,
    by: Type.Optional(Name),
    cause: Type.Optional(
      Type.Object(
        {
          kind: Type.Enum(['change', 'saturation', 'failure', 'error', 'symptom', 'operational']),
          verdict: Type.Enum(['supported', 'contradicted', 'undecided']),
          confidence: Type.Optional(Type.Enum(['high', 'medium', 'low'])),
        },
        closed,
      ),
    ),
    touches: Type.Object(
      {
        instances: Count,
        of: Type.Optional(Count),
        services: Type.Optional(Count),
        dependents: Type.Optional(Count),
      },
      closed,
    ),
    canary: Type.Optional(Type.Integer({ minimum: 1 })),
    ladder: Type.Enum([...rungs]),
    budgets: Type.Optional(Type.Record(Type.String(), Share)),
    runs: Type.Optional(Type.Array(Type.Object({ action: Type.Optional(Name), ago: Time }, closed))),
    approvals: Type.Optional(Type.Array(Name)),
    refused_by: Type.Array(Type.Enum([...guardNames]), { description: 'Write [] where it has to be allowed.' }),
  },
  closed,
);

export const caseFileSchema = Type.Object(
  { version: Type.Enum(['sentinel/v1']), cases: Type.Array(policyCase) },
  closed,
);

export type WrittenCase = Static<typeof policyCase>;
