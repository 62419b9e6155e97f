import type { Change, ChangePage, ChangeQuery } from '../../../collector-processor/src/contract/change.ts';
import { readApi } from './client';

export type { Change, ChangePage, ChangeQuery };

export function readChanges(query: ChangeQuery, abortSignal?: AbortSignal): Promise<ChangePage> {
  return readApi<ChangePage>('/changes', { ...query }, abortSignal);
}
