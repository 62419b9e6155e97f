import { fromRecord, type KeptRequest, toRecord } from './kept-request.ts';
import type { LogRecord, RecordContent } from './record.ts';

export interface Death {
  readonly reason: string;
  /** Wall clock. */
  readonly diedAtMs: number;
}

/** The owed backend of the request is the one that will not take it. */
export function toLetterRecord(request: KeptRequest, death: Death): RecordContent {
  const { description, body } = toRecord(request, request.owed);
  return { description: { letter: death, request: description }, body };
}

export function toDropRecord(ids: readonly string[]): RecordContent {
  return { description: { dropped: ids }, body: new Uint8Array(0) };
}

/** The request that died; `undefined` for any other record. */
export function requestOf({ description, body }: Pick<LogRecord, 'description' | 'body'>): KeptRequest | undefined {
  return fromRecord({ description: memberOf(description, 'request'), body });
}

/** Why and when. */
export function deathOf(description: unknown): Death | undefined {
  const letter = memberOf(description, 'letter');
  const reason = memberOf(letter, 'reason');
  const diedAtMs = memberOf(letter, 'diedAtMs');
  return typeof reason === 'string' && typeof diedAtMs === 'number' ? { reason, diedAtMs } : undefined;
}

/** Ids of letters that the record says are dropped. */
export function droppedBy(description: unknown): string[] {
  const dropped = memberOf(description, 'dropped');
  return Array.isArray(dropped) ? dropped.filter((id): id is string => typeof id === 'string') : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
