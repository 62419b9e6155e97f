import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Border } from '../model/anomaly.ts';
import type { Signal } from '../model/signal.ts';
import type { StoreTables } from './schema.ts';

export interface AnomalyFilter {
  readonly tenant?: string | undefined;
  /** Empty means all, also of signals. */
  readonly services?: readonly string[] | undefined;
  readonly signals?: readonly Signal[] | undefined;
  readonly seriesId?: string | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly border?: Border | undefined;
  /** Anomalies that end at or after this. */
  readonly fromMs?: number | undefined;
  /** Anomalies that start before this. */
  readonly toMs?: number | undefined;
  /** Part of the sentence or of the series' names, in any case. */
  readonly text?: string | undefined;
  readonly minScore?: number | undefined;
}

type Where = ExpressionBuilder<StoreTables, 'anomalies'>;

export function anomaliesLike(filter: AnomalyFilter) {
  return (where: Where): Expression<SqlBool> => where.and([...whose(where, filter), ...which(where, filter)]);
}

function whose(where: Where, { tenant, services, signals, seriesId, text }: AnomalyFilter): Expression<SqlBool>[] {
  const parts: Expression<SqlBool>[] = [];
  if (tenant !== undefined) parts.push(where('tenant', '=', tenant));
  if (isGiven(services)) parts.push(where('service', 'in', services));
  if (isGiven(signals)) parts.push(where('signal', 'in', signals));
  if (seriesId !== undefined) parts.push(where('series_id', '=', seriesId));
  if (text !== undefined) parts.push(sql<SqlBool>`search like ${containing(text.toLowerCase())} escape '\\'`);
  return parts;
}

function which(where: Where, { state, border, fromMs, toMs, minScore }: AnomalyFilter): Expression<SqlBool>[] {
  const parts: Expression<SqlBool>[] = [];
  if (state !== undefined) parts.push(where('state', '=', state));
  if (border !== undefined) parts.push(where('border', '=', border));
  if (fromMs !== undefined) parts.push(where('end_ms', '>=', fromMs));
  if (toMs !== undefined) parts.push(where('start_ms', '<', toMs));
  if (minScore !== undefined) parts.push(where('peak_score', '>=', minScore));
  return parts;
}

/** SQL has no empty list. */
export function isGiven<Item>(list: readonly Item[] | undefined): list is readonly Item[] {
  return list !== undefined && list.length > 0;
}

/** `%` and `_` of what was typed stand for themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
