import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { TemplateMiner } from './template-miner.ts';

export function registerTemplateGauges(metrics: SelfMetrics, miner: TemplateMiner): void {
  metrics.gauge({ name: 'sentinel_templates', help: 'Log templates that are known.' }, () => miner.size);
  const merged = 'Log templates that were found to be part of another, since the start.';
  metrics.gauge({ name: 'sentinel_templates_merged', help: merged }, () => miner.merges);
  const evicted = 'Log templates that were forgotten for want of room, since the start.';
  metrics.gauge({ name: 'sentinel_templates_evicted', help: evicted }, () => miner.evictions);
  const others = 'Log lines of kinds that their service had no room for, counted as "(other)", since the start.';
  metrics.gauge({ name: 'sentinel_templates_other_lines', help: others }, () => miner.others);
  const waiting = 'Steps of merging templates that wait for more lines.';
  metrics.gauge({ name: 'sentinel_templates_waiting', help: waiting }, () => miner.waiting);
}

export function joinedLines(metrics: SelfMetrics): Counter {
  const help = 'Lines of stack traces that came in records of their own and were joined to the record before.';
  return metrics.counter({ name: 'sentinel_log_lines_joined_total', help });
}
