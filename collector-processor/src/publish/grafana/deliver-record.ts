import type { AnnotationRecord } from '../../model/annotation-ledger.ts';
import type { AnnotationBody, GrafanaClient, GrafanaFailure } from './grafana-client.ts';

/** Failures that are not about the record: it waits, and everything behind it. */
export type Hindrance = Exclude<GrafanaFailure, { readonly kind: 'refused' }>;

/** The record has got as far as it can for now. */
export type Settled =
  | { readonly kind: 'written'; readonly record: AnnotationRecord; readonly how: 'created' | 'edited' | 'removed' }
  | { readonly kind: 'abandoned'; readonly record: AnnotationRecord; readonly reason: string }
  /** It was never posted and is too old to be drawn by itself. */
  | { readonly kind: 'overdue'; readonly record: AnnotationRecord };

export type Delivered = Settled | { readonly kind: 'hindered'; readonly failure: Hindrance };

export interface DeliverOptions {
  /** Nobody can have posted it yet: no look-up needed. */
  readonly fresh: boolean;
  readonly overdue: boolean;
  /** End of an open region so far. */
  readonly shownEndMs: number | undefined;
}

/**
 * One step of the record's life, at most once each: intended → created → closed, or removed. A POST is not idempotent, and one whose
 * answer was lost may have worked, so whatever may have been posted before is first looked up by its unique tag.
 */
export async function deliverRecord(
  client: GrafanaClient,
  record: AnnotationRecord,
  options: DeliverOptions,
): Promise<Delivered> {
  if (record.state === 'abandoned') return remove(client, record, options.fresh);
  const body = bodyOf(record, options.shownEndMs);
  if (record.grafanaId !== undefined) return edit(client, { ...record, grafanaId: record.grafanaId }, body);
  if (!options.fresh) {
    const found = await client.find(record.key);
    if (found.kind !== 'done') return failed(record, found);
    if (found.value !== undefined) return edit(client, { ...record, grafanaId: found.value }, body);
  }
  if (options.overdue) return { kind: 'overdue', record: abandoned(record) };
  const created = await client.create(body);
  if (created.kind !== 'done') return failed(record, created);
  return { kind: 'written', how: 'created', record: clean({ ...record, grafanaId: created.value }) };
}

type KnownRecord = AnnotationRecord & { readonly grafanaId: number };

async function edit(client: GrafanaClient, record: KnownRecord, body: AnnotationBody): Promise<Delivered> {
  const edited = await client.edit(record.grafanaId, body);
  if (edited.kind === 'done') return { kind: 'written', how: 'edited', record: clean(record) };
  if (edited.kind !== 'gone') return failed(record, edited);
  // Grafana answers 403 for "no such annotation" and for "not allowed"; only a search tells them apart.
  const found = await client.find(record.key);
  if (found.kind !== 'done') return failed(record, found);
  if (found.value === undefined) {
    return { kind: 'abandoned', record: abandoned(record), reason: 'it was deleted in Grafana' };
  }
  if (found.value !== record.grafanaId) {
    return { kind: 'written', how: 'edited', record: { ...record, grafanaId: found.value, dirty: true } };
  }
  return { kind: 'hindered', failure: { kind: 'forbidden', reason: 'the annotation is there but may not be edited' } };
}

/** One that may have been posted is looked up first; one that is not there is gone already. */
async function remove(client: GrafanaClient, record: AnnotationRecord, fresh: boolean): Promise<Delivered> {
  let id = record.grafanaId;
  if (id === undefined && !fresh) {
    const found = await client.find(record.key);
    if (found.kind !== 'done') return failed(record, found);
    id = found.value;
  }
  const removed = id === undefined ? undefined : await client.remove(id);
  if (removed !== undefined && removed.kind !== 'done' && removed.kind !== 'gone') return failed(record, removed);
  return { kind: 'written', how: 'removed', record: abandoned(record) };
}

function failed(record: AnnotationRecord, failure: GrafanaFailure): Delivered {
  if (failure.kind !== 'refused') return { kind: 'hindered', failure };
  return { kind: 'abandoned', record: abandoned(record), reason: failure.reason };
}

function clean(record: AnnotationRecord): AnnotationRecord {
  return { ...record, state: record.endMs === undefined ? 'created' : 'closed', dirty: false };
}

function abandoned(record: AnnotationRecord): AnnotationRecord {
  return { ...record, state: 'abandoned', dirty: false };
}

/** `timeEnd` makes a region; one that ends where it starts is a point. */
function bodyOf({ startMs, endMs, text, tags }: AnnotationRecord, shownEndMs: number | undefined): AnnotationBody {
  const timeEnd = endMs ?? shownEndMs;
  const point = { time: startMs, text, tags };
  return timeEnd === undefined || timeEnd <= startMs ? point : { ...point, timeEnd: Math.round(timeEnd) };
}
