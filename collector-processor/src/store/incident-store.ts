import { type Expression, type ExpressionBuilder, type Insertable, sql, type SqlBool } from 'kysely';
import type { IncidentEvent, IncidentState, IncidentSummary, Severity } from '../model/incident.ts';
import { containing, isGiven } from './anomaly-filter.ts';
import { boundedTotal, cutPage, isBehind, type PageRequest, type StoredPage } from './keyset.ts';
import type { IncidentEventTable, IncidentTable, StoreDatabase, StoreTables } from './schema.ts';
import type { WriteOutcome } from './write-lane.ts';
import type { WriteQueue } from './write-queue.ts';

export interface IncidentFilter {
  readonly tenant?: string | undefined;
  /** Empty means all, also of severities and services. */
  readonly states?: readonly IncidentState[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  /** Demoted ones too; without it they are left out. */
  readonly demoted?: boolean | undefined;
  /** Incidents that end at or after this. */
  readonly fromMs?: number | undefined;
  /** Incidents that start before this. */
  readonly toMs?: number | undefined;
  /** Part of the title or of a service's name, in any case. */
  readonly text?: string | undefined;
}

interface IncidentRequest extends PageRequest {
  readonly filter: IncidentFilter;
}

export interface IncidentStore {
  /** An event, and what the incident has become by it, unless another event of the same time brings that. Never throws. */
  record(event: IncidentEvent, summary: IncidentSummary | undefined): Promise<WriteOutcome>;
  get(id: string): Promise<IncidentSummary | undefined>;
  /** Newest first. */
  list(request: IncidentRequest): Promise<StoredPage<IncidentSummary>>;
  /** The timeline of one, in order. */
  events(id: string): Promise<readonly IncidentEvent[]>;
  /** The timelines of all that are not over. */
  openEvents(): Promise<readonly IncidentEvent[]>;
  /** The greatest id that was ever given, 0 without any. */
  lastId(): Promise<number>;
}

type IncidentRow = Insertable<IncidentTable>;
type EventRow = Insertable<IncidentEventTable>;

export function createIncidentStore(db: StoreDatabase, queue: WriteQueue): IncidentStore {
  const putEvent = queue.lane<EventRow>('incident_events', insertEvents);
  const putIncident = queue.lane<IncidentRow>('incidents', upsertIncidents);

  return {
    record(event, summary) {
      if (summary !== undefined) void putIncident({ key: summary.id, row: incidentRow(summary), droppable: false });
      return putEvent({ key: eventKey(event), row: eventRow(event), droppable: false });
    },
    async get(id) {
      const row = await db.selectFrom('incidents').select('body').where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : readSummary(row);
    },
    async list({ filter, limit, after }) {
      const matching = db.selectFrom('incidents').where((where) => incidentsLike(where, filter));
      const total = await boundedTotal(db, matching);
      const behind = after === undefined ? matching : matching.where(isBehind('start_ms', 'desc', after));
      const rows = await behind
        .select(['id', 'start_ms', 'body'])
        .orderBy('start_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const { items, ...next } = cutPage(rows, limit, (row) => ({ id: row.id, value: Number(row.start_ms) }));
      return { items: items.map(readSummary), ...total, ...next };
    },
    async events(id) {
      const rows = db.selectFrom('incident_events').selectAll().where('incident_id', '=', id);
      return (await rows.orderBy('sequence').execute()).map(readEvent);
    },
    async openEvents() {
      const open = db.selectFrom('incidents').select('id').where('state', '!=', 'closed');
      const rows = db.selectFrom('incident_events').selectAll().where('incident_id', 'in', open);
      return (await rows.orderBy('incident_id').orderBy('sequence').execute()).map(readEvent);
    },
    async lastId() {
      const number = sql<number | string | null>`max(cast(id as bigint))`;
      const row = await db.selectFrom('incidents').select(number.as('last')).executeTakeFirstOrThrow();
      return Number(row.last ?? 0);
    },
  };
}

function incidentsLike(
  where: ExpressionBuilder<StoreTables, 'incidents'>,
  filter: IncidentFilter,
): Expression<SqlBool> {
  const { tenant, states, severities, services, owner, demoted, fromMs, toMs, text } = filter;
  const parts: Expression<SqlBool>[] = [];
  if (tenant !== undefined) parts.push(where('tenant', '=', tenant));
  if (isGiven(states)) parts.push(where('state', 'in', states));
  if (isGiven(severities)) parts.push(where('severity', 'in', severities));
  if (isGiven(services)) parts.push(where.or(services.map((service) => holds('services', `\n${service}\n`))));
  if (owner !== undefined) parts.push(where('owner', '=', owner));
  if (demoted !== true) parts.push(where('demoted', '=', 0));
  if (fromMs !== undefined) parts.push(where('end_ms', '>=', fromMs));
  if (toMs !== undefined) parts.push(where('start_ms', '<', toMs));
  if (text !== undefined) parts.push(holds('search', text.toLowerCase()));
  return where.and(parts);
}

function holds(column: 'services' | 'search', text: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${containing(text)} escape '\\'`;
}

async function insertEvents(db: StoreDatabase, rows: readonly EventRow[]): Promise<void> {
  for (const row of rows) {
    const insert = db.insertInto('incident_events').values(row);
    await insert.onConflict((conflict) => conflict.column('key').doNothing()).execute();
  }
}

async function upsertIncidents(db: StoreDatabase, rows: readonly IncidentRow[]): Promise<void> {
  for (const row of rows) {
    const { id, ...rest } = row;
    await db
      .insertInto('incidents')
      .values({ id, ...rest })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
      .execute();
  }
}

function incidentRow(summary: IncidentSummary): IncidentRow {
  const { id, tenant, state, severity, owner, demoted, startMs, endMs, services, title } = summary;
  return {
    ...{ id, tenant, state, severity, owner },
    demoted: demoted === '' ? 0 : 1,
    start_ms: Math.round(startMs),
    end_ms: Math.round(endMs),
    services: `\n${services.join('\n')}\n`,
    search: [id, title, ...services].join('\n').toLowerCase(),
    body: JSON.stringify(summary),
  };
}

function readSummary({ body }: { readonly body: string }): IncidentSummary {
  return JSON.parse(body) as IncidentSummary;
}

/** In the order of the timeline. */
function eventKey({ incidentId, sequence }: IncidentEvent): string {
  return `${incidentId}.${String(sequence).padStart(8, '0')}`;
}

function eventRow(event: IncidentEvent): EventRow {
  const { incidentId, sequence, atMs, actor, fact } = event;
  return {
    key: eventKey(event),
    incident_id: incidentId,
    sequence,
    at_ms: Math.round(atMs),
    actor,
    fact: JSON.stringify(fact),
  };
}

function readEvent(row: {
  incident_id: string;
  sequence: number;
  at_ms: number | string;
  actor: string;
  fact: string;
}): IncidentEvent {
  const { incident_id: incidentId, sequence, at_ms: atMs, actor, fact } = row;
  return { incidentId, sequence, atMs: Number(atMs), actor, fact: JSON.parse(fact) as IncidentEvent['fact'] };
}
