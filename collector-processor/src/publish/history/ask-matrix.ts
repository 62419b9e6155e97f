import type { AskMatrix } from '../../model/metrics-query.ts';
import { messageOf } from '../../runtime/errors.ts';
import { AnswerTooLong } from '../../runtime/read-capped.ts';
import type { MetricsStore } from './metrics-store.ts';

/** Range queries of one tenant, with what goes wrong as a value. */
export function createAskMatrix(store: Pick<MetricsStore, 'matrix'>, tenant: string): AskMatrix {
  return async (query, range, signal) => {
    try {
      return { kind: 'rows', rows: await store.matrix(query, range, { tenant, signal }) };
    } catch (error) {
      if (error instanceof AnswerTooLong) return { kind: 'too-long' };
      return { kind: 'failed', reason: messageOf(error) };
    }
  };
}
