import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Delay } from '../findings/delay.ts';

type Series = Anomaly['series'];

/** `p95 of POST /charges`, as short as it is unmistakable beside the service's name. */
export function describeSeries({ series }: Anomaly): string {
  const measure = series.measure.replaceAll('_', ' ');
  if (series.measure === 'silence') return 'silence of all it sends';
  if (series.measure === 'signal_loss') return `silence of its ${series.signal}`;
  if (series.measure === 'late_delivery') return `delay of its ${series.signal}`;
  if (series.signal === 'logs') return describeLines(series);
  if (series.measure === 'value') return series.metric ?? measure;
  const peer = series.peer === undefined ? '' : ` to ${series.peer}`;
  return `${measure} of ${series.operation ?? series.metric ?? 'calls'}${peer}`;
}

function describeLines({ measure, severity = '' }: Series): string {
  const lines = severity === '' ? 'lines' : `${severity} lines`;
  if (measure === 'new_template') return `new kind of ${lines}`;
  return measure === 'template_rate' ? `rate of one kind of ${lines}` : `rate of ${lines}`;
}

export function describeDelay({ buckets, ms }: Delay): string {
  return `${buckets} ${buckets === 1 ? 'bucket' : 'buckets'}, ${seconds(ms)}`;
}

/** Without the point attributes, which fill the line and say little here. */
export function shortSentence({ sentence }: Anomaly): string {
  return sentence.replace(/ \{[^}]*\}/, '');
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
