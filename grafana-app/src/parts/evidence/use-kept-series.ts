import type { DataFrame } from '@grafana/data';
import { useEffect, useState } from 'react';
import { readHistory } from '../../api/series';
import type { Span } from '../../components/timeline/timeline-event';
import { seriesFrame } from './series-frame';

/** A series that is drawn because something was odd about it. */
export interface OddSeries {
  readonly id: string;
  /** First odd moment, from which on it must be kept; absent, whatever is kept will do. */
  readonly startMs?: number;
}

/** With what the sidecar still keeps of that time; without a frame it is for the metrics data source. */
export interface KeptSeries {
  readonly id: string;
  readonly title?: string;
  readonly frame?: DataFrame;
}

/** Undefined until it is known of each whether the sidecar still keeps it. What is asked for must stay the same object. */
export function useKeptSeries(wanted: readonly OddSeries[], span: Span): readonly KeptSeries[] | undefined {
  const [kept, setKept] = useState<readonly KeptSeries[]>();
  useEffect(() => {
    const abort = new AbortController();
    void Promise.all(wanted.map((one) => readKept(one, span, abort.signal))).then(
      (all) => !abort.signal.aborted && setKept(all),
    );
    return () => abort.abort();
  }, [wanted, span]);
  return kept;
}

async function readKept(
  { id, startMs = Infinity }: OddSeries,
  span: Span,
  abortSignal: AbortSignal,
): Promise<KeptSeries> {
  try {
    const history = await readHistory(id, { from: span.fromMs, to: span.toMs }, abortSignal);
    const [first] = history.timeMs;
    const { title, stepMs } = history;
    const isKept = first !== undefined && first <= Math.max(startMs, span.fromMs) + stepMs;
    return { id, title, ...(isKept ? { frame: seriesFrame(history) } : {}) };
  } catch {
    // Evicted since, or away: the data source may still have it, and says so itself when it does not.
    return { id };
  }
}
