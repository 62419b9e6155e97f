import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Delay } from '../findings/delay.ts';

/** `p95 of POST /charges`, as short as it is unmistakable beside the service's name. */
export function describeSeries({ series }: Anomaly): string {
  const measure = series.measure.replaceAll('_', ' ');
  const subject = series.operation ?? series.metric ?? series.severity ?? series.signal;
  const peer = series.peer === undefined ? '' : ` to ${series.peer}`;
  return `${measure} of ${subject}${peer}`;
}

export function describeDelay({ buckets, ms }: Delay): string {
  return `${buckets} ${buckets === 1 ? 'bucket' : 'buckets'}, ${seconds(ms)}`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `4:07`: time since the start. */
export function stopwatch(ms: number): string {
  const whole = Math.floor(ms / 1000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** At most `length` characters. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
