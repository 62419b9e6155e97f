import { type Signal } from '../model/signal.ts';
import { type Counter, type SelfMetrics } from '../runtime/self-metrics.ts';
import { type ItemRows } from './columns/item-rows.ts';
import { type ResourceCache } from './resource-cache.ts';
import { type SymbolTable } from './symbol-table.ts';

interface Counted {
  readonly metrics: SelfMetrics;
  readonly symbols: SymbolTable;
  readonly resources: ResourceCache;
}

interface SignalCounters {
  readonly items: Counter;
  readonly malformed: Counter;
  readonly skippedItems: Counter;
  readonly skippedDetails: Counter;
}

export interface DecodeMetrics {
  decoded(signal: Signal, rows: Pick<ItemRows, 'count' | 'skipped' | 'skippedDetails'>): void;
  malformed(signal: Signal): void;
}

/** What was read, what was refused, and which limits were reached. */
export function createDecodeMetrics({ metrics, symbols, resources }: Counted): DecodeMetrics {
  const overflowed = metrics.counter({
    name: 'sentinel_decode_symbols_overflowed_total',
    help: 'Strings that were read as "(other)" because one request brought too many new ones or they were too long.',
  });
  const generations = metrics.counter({
    name: 'sentinel_decode_symbols_renewed_total',
    help: 'Times the table of strings started anew because it was full of names that are not sent any more.',
  });
  const evicted = metrics.counter({
    name: 'sentinel_decode_resources_evicted_total',
    help: 'Resources that left the cache because it was full.',
  });
  metrics.gauge({ name: 'sentinel_decode_symbols', help: 'Distinct strings kept.' }, () => symbols.size);
  metrics.gauge({ name: 'sentinel_decode_resources', help: 'Distinct resources cached.' }, () => resources.size);
  let seen = { overflowed: 0, evicted: 0, generation: 0 };
  const counters = {
    traces: createSignalCounters(metrics, 'traces'),
    metrics: createSignalCounters(metrics, 'metrics'),
    logs: createSignalCounters(metrics, 'logs'),
  };

  return {
    decoded(signal, { count, skipped, skippedDetails }) {
      const { items, skippedItems, skippedDetails: details } = counters[signal];
      items.add(count);
      skippedItems.add(skipped);
      details.add(skippedDetails);
      overflowed.add(symbols.overflowed - seen.overflowed);
      evicted.add(resources.evicted - seen.evicted);
      generations.add(symbols.generation - seen.generation);
      const { overflowed: strings, generation } = symbols;
      seen = { overflowed: strings, evicted: resources.evicted, generation };
    },
    malformed(signal) {
      counters[signal].malformed.add(1);
    },
  };
}

function createSignalCounters(metrics: SelfMetrics, signal: Signal): SignalCounters {
  const counter = (name: string, help: string) => metrics.counter({ name, help, labels: { signal } });
  return {
    items: counter('sentinel_decode_items_total', 'Spans, points and log records read.'),
    malformed: counter('sentinel_decode_malformed_total', 'Requests that are no OTLP message.'),
    skippedItems: counter('sentinel_decode_items_skipped_total', 'Items beyond the limit of one request: not scored.'),
    skippedDetails: counter(
      'sentinel_decode_details_skipped_total',
      'Links, exemplars and histograms beyond the limit of one request.',
    ),
  };
}
