import type { Clock } from '../../runtime/clock.ts';
import type { QueueOptions, RetryOptions } from '../forward-options.ts';
import type { Transport } from '../transport/transport.ts';
import type { BackendBooks } from './backend-books.ts';
import type { Breaker } from './breaker.ts';

interface DeliveryOptions {
  readonly maxInFlight: number;
  readonly maxBatchSize: number;
  /** Part of `maxInFlight` that replays may take; at least one place. */
  readonly replayShare: number;
  readonly queue: QueueOptions;
  readonly retry: RetryOptions;
}

export interface DeliveryParts {
  readonly options: DeliveryOptions;
  readonly transport: Transport;
  readonly breaker: Breaker;
  readonly books: BackendBooks;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether a refusal only says that the request held no items. */
  readonly isEmptyRefusal: (status: number, reason: string) => boolean;
}
