import type { Clock } from '../runtime/clock.ts';
import { type MemoryLimits, RequestMemory, type SentRequest } from '../runtime/request-memory.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';

export interface RepeatsParts {
  readonly limits: MemoryLimits;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
}

/**
 * Requests that were scored and not accepted. The sender will send them again, byte for byte; they are then forwarded but
 * not scored a second time.
 */
export class Repeats {
  private readonly memory: RequestMemory<true>;
  private readonly clock: Clock;
  private readonly repeated: { add(count: number): void };

  constructor({ limits, clock, metrics }: RepeatsParts) {
    const count = (name: string, help: string) => metrics.counter({ name, help });
    const evicted = count(
      'sentinel_score_remembered_evicted_total',
      'Remembered requests that were forgotten for want of room; their repeat is scored again.',
    );
    this.repeated = count(
      'sentinel_repeated_requests_total',
      'Requests that came again after they had not got through, and were not scored again.',
    );
    this.clock = clock;
    this.memory = new RequestMemory(limits, () => evicted.add(1));
    const help = 'Requests that were scored and did not get through.';
    metrics.gauge({ name: 'sentinel_score_remembered_requests', help }, () => this.memory.size);
  }

  /** The request was scored, and this is whether it got through; then it will not come again. */
  settled(request: SentRequest, gotThrough: boolean): void {
    if (gotThrough) this.memory.forget(request);
    else this.memory.remember(request, true, this.clock.monotonicMs());
  }

  /** Whether it was scored before; counted. */
  isRepeat(request: SentRequest): boolean {
    const repeated = this.memory.recall(request, this.clock.monotonicMs()) === true;
    if (repeated) this.repeated.add(1);
    return repeated;
  }
}
