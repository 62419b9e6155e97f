import type { Feedback, TuningVersion } from '../model/tuning.ts';
import { boundedTotal, cutPage, isBehind, type PageRequest, type StoredPage } from './keyset.ts';
import type { StoreDatabase } from './schema.ts';
import { insertVersion } from './tuning-store.ts';

export interface FeedbackStore {
  /** Stores it unless its id is known; answers with what is now stored under it. */
  give(feedback: Feedback): Promise<{ readonly isNew: boolean; readonly feedback: Feedback }>;
  get(id: string): Promise<Feedback | undefined>;
  /** Puts a newer one in its place while it is still only proposed; false when it is decided, or gone. */
  replaceProposed(feedback: Feedback): Promise<boolean>;
  /**
   * The accepted feedback in place of the proposed one, and the version that it makes, both or neither. `decided`: it is no
   * longer proposed; `overtaken`: there is such a version already.
   */
  accept(feedback: Feedback, version: TuningVersion): Promise<'accepted' | 'decided' | 'overtaken'>;
  /** Newest first. */
  list(request: FeedbackRequest): Promise<StoredPage<Feedback>>;
}

interface FeedbackRequest extends PageRequest {
  readonly state?: Feedback['state'] | undefined;
  readonly seriesId?: string | undefined;
}

/** The record is kept whole as JSON; the other columns repeat what is filtered and sorted by. */
export function createFeedbackStore(db: StoreDatabase): FeedbackStore {
  async function get(id: string): Promise<Feedback | undefined> {
    const row = await db.selectFrom('feedback').select('body').where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : read(row);
  }

  return {
    get,
    async give(feedback) {
      const inserted = await db
        .insertInto('feedback')
        .values(rowOf(feedback))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      const isNew = Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0;
      return { isNew, feedback: (await get(feedback.id)) ?? feedback };
    },
    replaceProposed: (feedback) => replaceProposed(db, feedback),
    async accept(feedback, version) {
      try {
        return await db.transaction().execute(async (transaction) => {
          if (!(await insertVersion(transaction, version))) return 'overtaken';
          if (!(await replaceProposed(transaction, feedback))) throw new AlreadyDecided();
          return 'accepted';
        });
      } catch (error) {
        if (error instanceof AlreadyDecided) return 'decided';
        throw error;
      }
    },
    async list({ state, seriesId, limit, after }) {
      const matching = db
        .selectFrom('feedback')
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
        .$if(seriesId !== undefined, (query) => query.where('series_id', '=', seriesId ?? ''));
      const total = await boundedTotal(db, matching);
      const rows = await matching
        .$if(after !== undefined, (query) =>
          after === undefined ? query : query.where(isBehind('created_at_ms', 'desc', after)),
        )
        .selectAll()
        .orderBy('created_at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const { items, ...next } = cutPage(rows, limit, (row) => ({ id: row.id, value: Number(row.created_at_ms) }));
      return { items: items.map(read), ...total, ...next };
    },
  };
}

/** Takes the version back that was inserted before. */
class AlreadyDecided extends Error {}

async function replaceProposed(db: StoreDatabase, feedback: Feedback): Promise<boolean> {
  const { state, body } = rowOf(feedback);
  const updated = await db
    .updateTable('feedback')
    .set({ state, body })
    .where('id', '=', feedback.id)
    .where('state', '=', 'proposed')
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

function rowOf(feedback: Feedback) {
  const { id, state, seriesId, createdAtMs } = feedback;
  return { id, state, series_id: seriesId, created_at_ms: Math.round(createdAtMs), body: JSON.stringify(feedback) };
}

/** Only this program writes the column. */
function read({ body }: { readonly body: string }): Feedback {
  return JSON.parse(body) as Feedback;
}
