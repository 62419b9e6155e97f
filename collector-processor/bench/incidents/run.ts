import type { IncidentEvent } from '../../src/model/incident.ts';
import { createDraws } from '../faults/random-draws.ts';
import type { TownPlan } from './plan.ts';
import { createProduct } from './product.ts';
import { FLUSH_MS, RunningTown } from './town/running-town.ts';

const DELAY_MS = 300;

/** Lets a town live through its plan before the product's eyes; answers with all that happened to incidents. */
export async function watchTown({
  town,
  startMs,
  endMs,
  happenings,
  seed,
}: TownPlan): Promise<readonly IncidentEvent[]> {
  const product = createProduct(startMs);
  const running = new RunningTown(
    town,
    createDraws(seed + 1),
    happenings.flatMap(({ ailments }) => ailments),
    happenings.flatMap(({ releases }) => releases),
  );
  for (let tick = startMs; tick < endMs; tick += FLUSH_MS) {
    await product.moveTo(tick + FLUSH_MS + DELAY_MS);
    for (const { signal, bytes } of running.tick(tick)) product.take(signal, bytes);
  }
  await product.moveTo(endMs);
  return product.events();
}
