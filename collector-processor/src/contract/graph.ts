import { Type, type Static } from 'typebox';
import type { Immutable } from './immutable.ts';
import { NumberOrNull, TimeMs } from './nullable.ts';
import { words } from './words.ts';

const GraphEdge = Type.Object(
  {
    tenant: Type.String(),
    environment: Type.String(),
    from: Type.String(),
    to: Type.String(),
    remote: Type.Boolean({ description: 'Seen by the caller only: a database, a queue, somebody else’s service.' }),
    confidence: words(
      'EdgeConfidence',
      ['high', 'medium', 'low'],
      'high: both sides were seen; low: ten calls or fewer.',
    ),
    sinceMs: TimeMs('First call since the start'),
    lastMs: TimeMs('Last call'),
    ageMs: Type.Number({ description: 'Since the last call.' }),
    calls: Type.Number({ description: 'Since `sinceMs`.' }),
    failed: Type.Number(),
    rate: Type.Number({ description: 'Calls a second in the last whole minute.' }),
    errorRatio: NumberOrNull('Share of them that failed; null without calls.'),
    p95Seconds: NumberOrNull('Of 100 of them 95 took no longer; null without calls.'),
  },
  { title: 'GraphEdge', additionalProperties: false },
);

const GraphService = Type.Object(
  {
    tenant: Type.String(),
    environment: Type.String(),
    service: Type.String(),
    remote: Type.Boolean({ description: 'Known from its callers alone.' }),
    resources: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: '`host`, `pod`, `node`, `zone`: where it was seen within the last hour.',
    }),
  },
  { title: 'GraphService', additionalProperties: false },
);

export const Graph = Type.Object(
  {
    services: Type.Array(GraphService),
    edges: Type.Array(GraphEdge),
    complete: Type.Boolean({ description: 'False: cut at the limit.' }),
  },
  { title: 'Graph', additionalProperties: false, description: 'Who calls whom.' },
);
export type Graph = Immutable<Static<typeof Graph>>;

export const GraphQuery = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    environment: Type.Optional(Type.String({ maxLength: 500 })),
    service: Type.Optional(
      Type.Array(Type.String({ maxLength: 500 }), {
        maxItems: 50,
        description: 'These, and whoever they call or are called by.',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: 1000, description: 'Edges at most.' })),
  },
  { additionalProperties: false },
);
