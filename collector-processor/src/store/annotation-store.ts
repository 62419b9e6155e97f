import type { Insertable, Selectable } from 'kysely';
import type { AnnotationLedger, AnnotationRecord } from '../model/annotation-ledger.ts';
import { SentinelError } from '../runtime/errors.ts';
import type { AnnotationTable, StoreDatabase } from './schema.ts';
import type { WriteQueue } from './write-queue.ts';

type AnnotationRow = Insertable<AnnotationTable>;

/** `put` resolves when the record is on disk: only then may Grafana be asked. */
export function createAnnotationStore(db: StoreDatabase, queue: WriteQueue): AnnotationLedger {
  const put = queue.lane<AnnotationRow>('annotations', upsertAnnotations);

  return {
    async put(record) {
      const outcome = await put({ key: record.key, row: annotationRow(record), droppable: false });
      if (outcome.kind === 'stored') return;
      const reason = outcome.kind === 'failed' ? outcome.reason : outcome.kind;
      throw new SentinelError('SENTINEL_STORE_FAILED', `The annotation was not stored: ${reason}`);
    },
    async get(key) {
      const row = await db.selectFrom('annotations').selectAll().where('key', '=', key).executeTakeFirst();
      return row === undefined ? undefined : readAnnotation(row);
    },
    async pending(limit) {
      const rows = await db
        .selectFrom('annotations')
        .selectAll()
        .where('dirty', '=', 1)
        .orderBy('updated_at_ms')
        .orderBy('key')
        .limit(limit)
        .execute();
      return rows.map(readAnnotation);
    },
    async open(limit) {
      const rows = await db
        .selectFrom('annotations')
        .selectAll()
        .where('state', 'in', ['intended', 'created'])
        .where('end_ms', 'is', null)
        .orderBy('updated_at_ms')
        .orderBy('key')
        .limit(limit)
        .execute();
      return rows.map(readAnnotation);
    },
  };
}

async function upsertAnnotations(db: StoreDatabase, rows: readonly AnnotationRow[]): Promise<void> {
  for (const { key, ...state } of rows) {
    await db
      .insertInto('annotations')
      .values({ key, ...state })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(state))
      .execute();
  }
}

function annotationRow(record: AnnotationRecord): AnnotationRow {
  return {
    key: record.key,
    state: record.state,
    grafana_id: record.grafanaId ?? null,
    start_ms: Math.round(record.startMs),
    end_ms: record.endMs === undefined ? null : Math.round(record.endMs),
    text: record.text,
    tags: JSON.stringify(record.tags),
    dirty: record.dirty ? 1 : 0,
    updated_at_ms: Math.round(record.updatedAtMs),
  };
}

function readAnnotation(row: Selectable<AnnotationTable>): AnnotationRecord {
  return {
    key: row.key,
    state: readState(row.state),
    ...(row.grafana_id === null ? {} : { grafanaId: Number(row.grafana_id) }),
    startMs: Number(row.start_ms),
    ...(row.end_ms === null ? {} : { endMs: Number(row.end_ms) }),
    text: row.text,
    tags: readTags(row.tags),
    dirty: row.dirty === 1,
    updatedAtMs: Number(row.updated_at_ms),
  };
}

const states: readonly string[] = ['intended', 'created', 'closed', 'abandoned'] satisfies AnnotationRecord['state'][];

function readState(state: string): AnnotationRecord['state'] {
  if (!isState(state))
    throw new SentinelError('SENTINEL_STORE_FAILED', `An annotation has the unknown state ${state}.`);
  return state;
}

function isState(state: string): state is AnnotationRecord['state'] {
  return states.includes(state);
}

function readTags(tags: string): string[] {
  const parsed: unknown = JSON.parse(tags);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}
