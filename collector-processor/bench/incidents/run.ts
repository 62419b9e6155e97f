import type { IncidentEvent } from '../../src/model/incident.ts';
import { createDraws } from '../faults/random-draws.ts';
import type { TownPlan } from './plan.ts';
import { createProduct, type Product } from './product.ts';
import type { Happening } from './scenario.ts';
import { FLUSH_MS, RunningTown } from './town/running-town.ts';

const DELAY_MS = 300;
/** Watched so long after the end. */
const AFTER_MS = 6 * 60_000;

/** What happened to incidents while something happened in town. */
interface Watched {
  readonly happening: Happening;
  readonly events: readonly IncidentEvent[];
}

/** Lets a town live through its plan before the product's eyes, which learned in the quiet time before. */
export async function watchTown({ town, startMs, warmMs, happenings, seed }: TownPlan): Promise<readonly Watched[]> {
  const quiet = createProduct(startMs);
  await live(quiet, new RunningTown(town, createDraws(seed + 1), [], []), { fromMs: startMs, toMs: warmMs });
  const learned = quiet.learned();
  const watched: Watched[] = [];
  for (const [number, happening] of happenings.entries()) {
    const product = createProduct(warmMs, learned);
    const running = new RunningTown(town, createDraws(seed + 2 + number), happening.ailments, happening.releases);
    await live(product, running, { fromMs: warmMs, toMs: happening.endMs + AFTER_MS });
    watched.push({ happening, events: product.events() });
  }
  return watched;
}

async function live(
  product: Product,
  running: RunningTown,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  for (let tick = fromMs; tick < toMs; tick += FLUSH_MS) {
    await product.moveTo(tick + FLUSH_MS + DELAY_MS);
    for (const { signal, bytes } of running.tick(tick)) product.take(signal, bytes);
  }
  await product.moveTo(toMs);
}
