import { dateMath, dateTime, type TimeRange } from '@grafana/data';
import type { Span } from '../timeline/timeline-event';

export interface Words {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Grafana's time words (`now-24h`) or epoch milliseconds → milliseconds. A relative start is taken back to the full minute, so
 * that the same question is asked for a minute and an unchanged answer can be told by its tag.
 */
export function toSpan({ from, to }: Words): Span {
  const start = toMs(from, Date.now() - DAY_MS);
  return { fromMs: isAbsolute(from) ? start : Math.floor(start / MINUTE_MS) * MINUTE_MS, toMs: toMs(to, Date.now()) };
}

export function isRelativeEnd(to: string): boolean {
  return to === 'now';
}

export function toTimeRange({ from, to }: Words): TimeRange {
  const { fromMs, toMs } = toSpan({ from, to });
  const raw = isAbsolute(from) ? { from: dateTime(fromMs), to: dateTime(toMs) } : { from, to };
  return { from: dateTime(fromMs), to: dateTime(toMs), raw };
}

export function toWords({ raw }: TimeRange): Words {
  const text = (value: TimeRange['raw']['from']) => (typeof value === 'string' ? value : String(value.valueOf()));
  return { from: text(raw.from), to: text(raw.to) };
}

/** The range before or after, overlapping by half. */
export function moved(words: Words, direction: 1 | -1): Words {
  const { fromMs, toMs } = toSpan(words);
  const by = ((toMs - fromMs) / 2) * direction;
  return { from: String(Math.round(fromMs + by)), to: String(Math.round(toMs + by)) };
}

/** Twice the range around the same middle. */
export function widened(words: Words): Words {
  const { fromMs, toMs } = toSpan(words);
  const by = (toMs - fromMs) / 2;
  return { from: String(Math.round(fromMs - by)), to: String(Math.round(toMs + by)) };
}

function isAbsolute(word: string): boolean {
  return /^\d{10,}$/.test(word);
}

function toMs(word: string, otherwise: number): number {
  const parsed = isAbsolute(word) ? dateTime(Number(word)) : dateMath.toDateTime(word, {});
  return parsed?.isValid() === true ? parsed.valueOf() : otherwise;
}
