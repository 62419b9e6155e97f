import type { Random } from '../random.ts';
import type { Conditions } from './conditions.ts';
import type { CallService } from './http-client.ts';
import type { ShopLog } from './log.ts';
import type { QueueClient } from './queue/queue-client.ts';

/** What every service is given. */
export interface ServiceParts {
  readonly version: string;
  readonly random: Random;
  readonly log: ShopLog;
  /** Changed from outside while the service runs. */
  readonly conditions: Readonly<Conditions>;
  readonly call: CallService;
  readonly queue: QueueClient;
}

export interface RunningService {
  /** Absent for a worker that listens nowhere. */
  readonly port?: number;
  /** Stops taking work and waits for what it has begun. */
  stop(): Promise<void>;
}

export type StartService = (parts: ServiceParts) => Promise<RunningService>;
