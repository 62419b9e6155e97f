import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { exponential, type Random } from '../random.ts';
import { loadFactor } from './day.ts';
import { type PageRequest, planVisit } from './visit.ts';

const VISITS_PER_SECOND = 17;
/** Shoppers at the same time; further ones go away. Bounds the demo when the shop stalls. */
const MAX_VISITS = 400;
const TIMEOUT_MS = 10_000;

export interface LoadOptions {
  readonly random: Random;
  /** Port of the shop's front. */
  readonly port: () => number;
}

export interface LoadGenerator {
  start(): void;
  stop(): void;
}

/** Shoppers arrive at random (Poisson) with the rhythm of a day, whether or not the shop keeps up. */
export function createLoadGenerator({ random, port }: LoadOptions): LoadGenerator {
  const agent = new Agent({ keepAlive: true });
  let timer: NodeJS.Timeout | undefined;
  let startedAt = 0;
  let visits = 0;
  let stopped = false;

  function nextArrival(): void {
    const perSecond = VISITS_PER_SECOND * loadFactor(performance.now() - startedAt);
    timer = setTimeout(
      () => {
        if (visits < MAX_VISITS) void visit();
        nextArrival();
      },
      exponential(random, 1000 / perSecond),
    );
  }

  async function visit(): Promise<void> {
    visits += 1;
    for (const page of planVisit(random)) {
      await pause(page.thinkMs, undefined, { ref: false });
      if (stopped) break;
      await open(page);
    }
    visits -= 1;
  }

  /** A shopper sees an error page or none at all, and goes on; what went wrong is in the shop's own telemetry. */
  function open({ method, path, body }: PageRequest): Promise<void> {
    return new Promise((resolve) => {
      const sent = request(
        { agent, host: '127.0.0.1', port: port(), method, path, timeout: TIMEOUT_MS },
        (response) => {
          response.resume().once('close', resolve);
        },
      );
      sent.once('timeout', () => sent.destroy());
      sent.once('error', () => resolve());
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  return {
    start() {
      startedAt = performance.now();
      nextArrival();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      agent.destroy();
    },
  };
}
