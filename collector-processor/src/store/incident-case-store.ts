import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Insertable } from 'kysely';
import type { IncidentCaseTable, StoreDatabase } from './schema.ts';
import type { WriteOutcome } from './write-lane.ts';
import type { WriteQueue } from './write-queue.ts';

const [deflate, inflate] = [promisify(gzip), promisify(gunzip)];

export interface IncidentCaseStore {
  /** Keeps the last one of an incident. Never throws. */
  keep(incidentId: string, facts: unknown, atMs: number): Promise<WriteOutcome>;
  /** The last one, as it was given. */
  get(incidentId: string): Promise<unknown>;
}

type CaseRow = Insertable<IncidentCaseTable>;

/** Compressed: a case is mostly numbers that look like each other. */
export function createIncidentCaseStore(db: StoreDatabase, queue: WriteQueue): IncidentCaseStore {
  const put = queue.lane<CaseRow>('incident_cases', upsertCases);
  return {
    async keep(incidentId, facts, atMs) {
      const body = (await deflate(JSON.stringify(facts))).toString('base64');
      return put({ key: incidentId, row: { incident_id: incidentId, at_ms: Math.round(atMs), body }, droppable: true });
    },
    async get(incidentId) {
      const row = await db
        .selectFrom('incident_cases')
        .select('body')
        .where('incident_id', '=', incidentId)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return JSON.parse((await inflate(Buffer.from(row.body, 'base64'))).toString('utf8')) as unknown;
    },
  };
}

async function upsertCases(db: StoreDatabase, rows: readonly CaseRow[]): Promise<void> {
  for (const { incident_id, ...rest } of rows) {
    await db
      .insertInto('incident_cases')
      .values({ incident_id, ...rest })
      .onConflict((conflict) => conflict.column('incident_id').doUpdateSet(rest))
      .execute();
  }
}
