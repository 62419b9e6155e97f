import type { Anomaly } from '../../model/anomaly.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { printable } from '../letter-text.ts';
import type { ReplayCounts } from './replayer.ts';

/** One line for people: when, how long, how bad, what. The same finding gives the same line. */
export function findingLine({ startMs, endMs, state, border, peakScore, sentence }: Anomaly): string {
  const until = state === 'open' ? 'open' : new Date(endMs).toISOString();
  const cells = [new Date(startMs).toISOString(), until.padEnd(24), border.padEnd(6), peakScore.toFixed(2).padStart(6)];
  return `${[...cells, printable(sentence)].join('  ')}\n`;
}

/** One line for programs: the finding as the API gives it. */
export function findingJson(anomaly: Anomaly): string {
  return `${JSON.stringify(anomaly)}\n`;
}

export interface Summary {
  readonly counts: Readonly<ReplayCounts>;
  readonly findings: number;
  readonly pages: number;
  readonly coverage: Readonly<Record<string, number | undefined>>;
  readonly metrics: Pick<SelfMetrics, 'samples'>;
  readonly tookMs: number;
}

/** What was read, at which speed, and what of it was not scored and why. */
export function summaryText({ counts, findings, pages, coverage, metrics, tookMs }: Summary): string {
  const { requests, items, malformed, gaps, firstMs, lastMs } = counts;
  const when = items === 0 ? '' : ` of ${new Date(firstMs).toISOString()} to ${new Date(lastMs).toISOString()}`;
  const rate = Math.round(items / Math.max(0.001, tookMs / 1000));
  const states = Object.entries(coverage).map(([state, count = 0]) => `${count} ${state}`);
  const left = unscored(metrics);
  return [
    `${requests} requests with ${items} items${when} in ${(tookMs / 1000).toFixed(1)} s, ${rate} items/s.`,
    `${findings} findings, ${pages} of them pages. Series: ${states.join(', ')}.`,
    ...(left.length === 0 ? [] : [`Not scored: ${left.join(', ')}.`]),
    ...(malformed === 0 ? [] : [`${malformed} requests could not be read.`]),
    ...(gaps === 0 ? [] : [`${gaps} gaps without telemetry were passed over (--max-gap).`]),
    '',
  ].join('\n');
}

function unscored(metrics: Pick<SelfMetrics, 'samples'>): string[] {
  return metrics
    .samples()
    .filter(({ name, value }) => name === 'sentinel_unscored_items_total' && value > 0)
    .map(({ labels, value }) => `${value} ${labels['signal'] ?? ''} (${labels['reason'] ?? ''})`);
}
