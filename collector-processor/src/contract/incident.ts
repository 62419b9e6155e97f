import { Type, type Static } from 'typebox';
import { Border, Direction } from './anomaly.ts';
import { CauseHeadline, CauseList } from './cause.ts';
import { Change } from './change.ts';
import type { Immutable } from './immutable.ts';
import { Impact, Severity } from './impact.ts';
import { TimeMs } from './nullable.ts';
import { Page, pageQuery } from './page.ts';
import { Measure, Signal } from './signal.ts';
import { SloCrossing } from './slo-crossing.ts';
import { words } from './words.ts';

export const IncidentState = words(
  'IncidentState',
  ['open', 'acknowledged', 'mitigated', 'watching', 'closed'],
  '`watching`: nothing fires any more, but it may come back.',
);

const LeadAnomaly = Type.Object(
  { id: Type.String(), seriesId: Type.String(), sentence: Type.String() },
  { title: 'LeadAnomaly', additionalProperties: false, description: 'The strongest anomaly.' },
);

export const IncidentSummary = Type.Object(
  {
    id: Type.String(),
    tenant: Type.String(),
    state: IncidentState,
    severity: Severity,
    title: Type.String({ description: 'What and where. Plain text.' }),
    owner: Type.String({ description: 'Empty: nobody.' }),
    openedAtMs: TimeMs('When Sentinel opened it'),
    stateSinceMs: TimeMs('When the state became what it is'),
    startMs: TimeMs('First moment that was odd'),
    endMs: TimeMs('Last moment that was odd so far'),
    firing: Type.Integer({ minimum: 0, description: 'Anomalies and alerts that go on.' }),
    services: Type.Array(Type.String(), { description: 'Most affected first.' }),
    anomalies: Type.Integer({ minimum: 0 }),
    lead: Type.Optional(LeadAnomaly),
    impact: Type.Optional(Impact),
    candidates: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Ranked causes; absent before the first ranking.' }),
    ),
    cause: Type.Optional(CauseHeadline),
    demoted: Type.String({ description: 'Why it is not listed among the others; empty when it is.' }),
    repeats: Type.Optional(Type.String({ description: 'The first incident of which this is an unchanged repeat.' })),
    mergedInto: Type.String({ description: 'The incident that has its anomalies now; empty for none.' }),
  },
  { title: 'IncidentSummary', additionalProperties: false },
);
export type IncidentSummary = Immutable<Static<typeof IncidentSummary>>;

export const MemberAnomaly = Type.Object(
  {
    id: Type.String({ description: 'Of the anomaly, which holds the rest.' }),
    state: words('MemberState', ['open', 'closed'], 'Whether it goes on.'),
    border: Border,
    startMs: TimeMs('Start of the first odd bucket'),
    peakMs: TimeMs('Time of the highest score'),
    endMs: TimeMs('End of the last odd bucket so far'),
    peakScore: Type.Number({ minimum: 0 }),
    direction: Direction,
    sentence: Type.String(),
    exampleTraceIds: Type.Array(Type.String()),
    service: Type.String(),
    environment: Type.String(),
    signal: Signal,
    measure: Measure,
    seriesId: Type.String(),
    places: Type.Optional(Type.Array(Type.String(), { description: 'Hosts, nodes, zones that it is about.' })),
    line: Type.Optional(
      Type.Object(
        {
          text: Type.String({ description: 'The template, masked.' }),
          severity: Type.String(),
          count: Type.Integer({ minimum: 0, description: 'In a step.' }),
        },
        { additionalProperties: false, description: 'The kind of line that it is about.' },
      ),
    ),
  },
  { title: 'MemberAnomaly', additionalProperties: false },
);

const OutsideAlert = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    service: Type.String(),
    environment: Type.Optional(Type.String({ description: 'Absent where the sender names none.' })),
    severity: Type.Optional(Severity),
    startMs: TimeMs('Since when it fires'),
    endMs: Type.Optional(TimeMs('When it stopped; absent while it fires')),
  },
  { title: 'OutsideAlert', additionalProperties: false },
);

export const Task = Type.Object(
  { id: Type.String(), text: Type.String(), done: Type.Boolean() },
  { title: 'Task', additionalProperties: false },
);

const closed = { additionalProperties: false } as const;
const other = Type.String({ description: 'Id of the other incident.' });

export const IncidentFactKind = words(
  'IncidentFactKind',
  [
    ...(['opened', 'anomaly', 'change', 'alert', 'state', 'owner', 'impact', 'causes', 'note'] as const),
    ...(['task', 'budget', 'demoted', 'promoted', 'merged', 'merged-into', 'split'] as const),
  ],
  'What an entry of the timeline tells.',
);

/** One entry of the timeline: what happened. */
export const IncidentFact = Type.Union(
  [
    Type.Object({ kind: Type.Literal('opened'), tenant: Type.String() }, closed),
    Type.Object({ kind: Type.Literal('anomaly'), anomaly: MemberAnomaly }, closed),
    Type.Object({ kind: Type.Literal('change'), change: Change }, closed),
    Type.Object({ kind: Type.Literal('alert'), alert: OutsideAlert }, closed),
    Type.Object({ kind: Type.Literal('state'), state: IncidentState, reason: Type.String() }, closed),
    Type.Object({ kind: Type.Literal('owner'), owner: Type.String() }, closed),
    Type.Object({ kind: Type.Literal('impact'), impact: Impact }, closed),
    Type.Object({ kind: Type.Literal('causes'), causes: CauseList }, closed),
    Type.Object({ kind: Type.Literal('note'), text: Type.String() }, closed),
    Type.Object({ kind: Type.Literal('task'), task: Task }, closed),
    Type.Object({ kind: Type.Literal('budget'), crossing: SloCrossing }, closed),
    Type.Object(
      {
        kind: Type.Literal('demoted'),
        reason: Type.String(),
        repeats: Type.String({ description: 'The first incident that showed the same.' }),
      },
      closed,
    ),
    Type.Object({ kind: Type.Literal('promoted'), reason: Type.String() }, closed),
    Type.Object({ kind: Type.Literal('merged'), from: other, anomalies: Type.Array(MemberAnomaly) }, closed),
    Type.Object({ kind: Type.Literal('merged-into'), into: other }, closed),
    Type.Object({ kind: Type.Literal('split'), into: other, anomalyIds: Type.Array(Type.String()) }, closed),
  ],
  { title: 'IncidentFact' },
);

export const IncidentEvent = Type.Object(
  {
    incidentId: Type.String(),
    sequence: Type.Integer({ minimum: 1, description: 'Without gaps.' }),
    atMs: TimeMs('When it happened'),
    actor: Type.String({ description: 'Who did it; empty for Sentinel itself.' }),
    fact: IncidentFact,
  },
  { title: 'IncidentEvent', additionalProperties: false },
);
export type IncidentEvent = Immutable<Static<typeof IncidentEvent>>;

export const IncidentCommandKind = words(
  'IncidentCommandKind',
  ['acknowledge', 'mitigate', 'close', 'reopen', 'assign'],
  'What may be done to an incident in its state.',
);

export const IncidentDetail = Type.Object(
  {
    incident: IncidentSummary,
    allowed: Type.Array(IncidentCommandKind),
    timeline: Type.Array(IncidentEvent, { description: 'In order.' }),
    tasks: Type.Optional(Type.Array(Task, { description: 'What is to be done, in the order in which it was said.' })),
  },
  { title: 'IncidentDetail', additionalProperties: false },
);
export type IncidentDetail = Immutable<Static<typeof IncidentDetail>>;

const reason = Type.String({ maxLength: 1000 });

export const IncidentCommand = Type.Union(
  [
    Type.Object({ kind: Type.Literal('acknowledge') }, closed),
    Type.Object({ kind: Type.Literal('mitigate') }, closed),
    Type.Object({ kind: Type.Literal('close'), reason }, closed),
    Type.Object({ kind: Type.Literal('reopen'), reason }, closed),
    Type.Object({ kind: Type.Literal('assign'), owner: Type.String({ maxLength: 200 }) }, closed),
  ],
  { title: 'IncidentCommand' },
);
export type IncidentCommand = Immutable<Static<typeof IncidentCommand>>;

export const IncidentNote = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 10_000 }) },
  { title: 'IncidentNote', additionalProperties: false },
);

export const IncidentTask = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 1000 }),
    done: Type.Optional(Type.Boolean({ description: 'Default false.' })),
  },
  { title: 'IncidentTask', additionalProperties: false },
);

export const IncidentMerge = Type.Object(
  { incidents: Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: 100 }) },
  { title: 'IncidentMerge', additionalProperties: false, description: 'Those whose anomalies come here.' },
);

export const IncidentSplit = Type.Object(
  { anomalies: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 20_000 }) },
  { title: 'IncidentSplit', additionalProperties: false, description: 'Those that become an incident of their own.' },
);

export const IncidentQuery = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 500 })),
    state: Type.Optional(Type.Array(IncidentState, { maxItems: 5 })),
    severity: Type.Optional(Type.Array(Severity, { maxItems: 3 })),
    service: Type.Optional(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 })),
    owner: Type.Optional(Type.String({ maxLength: 200 })),
    demoted: Type.Optional(Type.Boolean({ description: 'Demoted ones too.' })),
    from: Type.Optional(TimeMs('Incidents that end at or after this')),
    to: Type.Optional(TimeMs('Incidents that start before this')),
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the title or a service, in any case.' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);

export type IncidentQuery = Immutable<Static<typeof IncidentQuery>>;

export const IncidentPage = Page(IncidentSummary, 'IncidentPage');
export type IncidentPage = Immutable<Static<typeof IncidentPage>>;
