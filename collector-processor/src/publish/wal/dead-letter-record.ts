import { fromRecord, type KeptRequest, toRecord } from './kept-request.ts';
import type { LogRecord, RecordContent } from './record.ts';

export interface Death {
  readonly reason: string;
  /** Wall clock. */
  readonly diedAtMs: number;
  /** Spans, points or records; absent when they could not be counted. */
  readonly items?: number | undefined;
  /** Of a letter that was written anew: the one that it had first, and what replays made of it. */
  readonly sequence?: number | undefined;
  readonly refusedReplays?: number | undefined;
  readonly lastReplayAtMs?: number | undefined;
}

/** A replay that the backend refused. */
export interface Refusal {
  readonly id: string;
  readonly reason: string;
  /** Wall clock. */
  readonly atMs: number;
}

/** The owed backend of the request is the one that will not take it. */
export function toLetterRecord(request: KeptRequest, death: Death): RecordContent {
  const { description, body } = toRecord(request, request.owed);
  return { description: { letter: death, request: description }, body };
}

export function toDropRecord(ids: readonly string[]): RecordContent {
  return { description: { dropped: ids }, body: new Uint8Array(0) };
}

export function toRefusalRecord(refused: Refusal): RecordContent {
  return { description: { refused }, body: new Uint8Array(0) };
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
  if (typeof reason !== 'string' || typeof diedAtMs !== 'number') return undefined;
  const numbers = ['items', 'sequence', 'refusedReplays', 'lastReplayAtMs'].flatMap((name) => {
    const value = memberOf(letter, name);
    return typeof value === 'number' ? [[name, value] as const] : [];
  });
  return { reason, diedAtMs, ...Object.fromEntries(numbers) };
}

/** Ids of letters that the record says are dropped. */
export function droppedBy(description: unknown): string[] {
  const dropped = memberOf(description, 'dropped');
  return Array.isArray(dropped) ? dropped.filter((id): id is string => typeof id === 'string') : [];
}

/** The letter that the record says was refused once more. */
export function refusedBy(description: unknown): Refusal | undefined {
  const refused = memberOf(description, 'refused');
  const id = memberOf(refused, 'id');
  const reason = memberOf(refused, 'reason');
  const atMs = memberOf(refused, 'atMs');
  if (typeof id !== 'string' || typeof reason !== 'string' || typeof atMs !== 'number') return undefined;
  return { id, reason, atMs };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
