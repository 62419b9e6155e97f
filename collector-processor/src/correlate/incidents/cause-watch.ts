import type { CauseList } from '../../model/cause.ts';
import type { Incident } from '../../model/incident.ts';
import { buildCase, type TelemetryView } from '../causes/build-case.ts';
import { explainCase } from '../causes/explain.ts';

/** An incident that goes on is ranked again so often, in milliseconds, even without news. */
const AGAIN_MS = 30_000;

interface Ranked {
  readonly sequence: number;
  readonly atMs: number;
}

/** Ranks incidents again when there is news of them, and tells when the answer has changed. */
export class CauseWatch {
  readonly #view: TelemetryView;
  readonly #ranked = new Map<string, Ranked>();

  constructor(view: TelemetryView) {
    this.#view = view;
  }

  /** The new list if what stands first has changed, or the verdict on it. `nowMs` is wall-clock time. */
  look(incident: Incident, nowMs: number): CauseList | undefined {
    const last = this.#ranked.get(incident.id);
    const isNews = last === undefined || last.sequence !== incident.sequence;
    if (!isNews && (incident.state === 'watching' || nowMs - last.atMs < AGAIN_MS)) return undefined;
    const list = explainCase(buildCase(incident, this.#view));
    // The event that tells it has the next number; what it says is no news then.
    const isChanged = headline(list) !== headline(incident.causes);
    this.#ranked.set(incident.id, { sequence: incident.sequence + (isChanged ? 1 : 0), atMs: nowMs });
    return isChanged ? list : undefined;
  }

  forget(id: string): void {
    this.#ranked.delete(id);
  }
}

function headline(list: CauseList | undefined): string {
  const [first] = list?.candidates ?? [];
  return first === undefined
    ? ''
    : JSON.stringify([first.kind, first.title, first.service, first.verdict, first.confidence]);
}
