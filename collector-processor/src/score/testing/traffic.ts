import type { Random } from './random.ts';
import type { World } from './world.ts';

export interface Traffic {
  readonly service?: string;
  readonly perSecond?: number;
  readonly latencyMs?: number;
  readonly failing?: number;
}

/** One bucket of noisy requests to GET /cart, then the bucket ends. */
export function serve(world: World, random: Random, traffic: Traffic = {}): void {
  const { service = 'checkout', perSecond = 20, latencyMs = 30, failing = 0.002 } = traffic;
  const { bucket } = world.options;
  const count = random.poisson((perSecond * bucket) / 1000);
  const spans = Array.from({ length: count }, () => ({
    name: 'GET /cart',
    endMs: world.nowMs() + bucket * random.uniform(),
    durationMs: latencyMs * Math.exp(0.4 * random.normal()),
    failed: random.uniform() < failing,
    attributes: { 'http.route': '/cart', 'http.request.method': 'GET' },
  }));
  world.spans({ service }, spans);
  world.advance(bucket);
}

/** Runs `step` so many times. */
export function repeat(times: number, step: (index: number) => void): void {
  for (let index = 0; index < times; index++) step(index);
}
