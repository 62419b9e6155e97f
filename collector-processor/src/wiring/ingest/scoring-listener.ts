import type { ReadElsewhere } from '../../decode/decoder.ts';
import type { TelemetryColumns } from '../../model/columns.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { ScoreStage } from '../../score/score-stage.ts';
import type { IngestListener } from './ingest-thread.ts';

export interface ScoringListenerParts {
  readonly adopt: (read: ReadElsewhere, protobuf: Uint8Array) => TelemetryColumns;
  readonly score: () => Pick<ScoreStage, 'accept' | 'isRepeat' | 'unsettled' | 'leftOut'>;
  /** Sees what is scored, before. */
  readonly observe: (columns: TelemetryColumns, tenant: string) => void;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

/** Scores on this thread what ingest threads have read. */
export function createScoringListener({
  adopt,
  score,
  observe,
  logger,
  metrics,
}: ScoringListenerParts): IngestListener {
  return {
    body(request, body, symbols) {
      try {
        const payload = new Uint8Array(body.memory, body.payload.start, body.payload.length);
        const columns = adopt({ body, symbols }, payload);
        if (score().isRepeat({ ...request, payload })) return;
        observe(columns, request.tenant);
        score().accept(columns, request);
      } catch (error) {
        const help = 'Export requests that were forwarded but could not be scored.';
        const labels = { signal: request.signal };
        metrics.counter({ name: 'sentinel_intake_unread_total', help, labels }).add(1);
        logger.error({ signal: request.signal, error: messageOf(error) }, 'A request was forwarded but not scored.');
      }
    },
    unsettled: (request, payload) => score().unsettled({ ...request, payload }),
    leftOut: (signal, items) => score().leftOut(signal, items),
  };
}
