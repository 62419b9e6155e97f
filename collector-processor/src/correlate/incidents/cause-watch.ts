import type { CauseList } from '../../model/cause.ts';
import type { Incident } from '../../model/incident.ts';
import { buildCase, type TelemetryView } from '../causes/build-case.ts';
import type { CauseCase } from '../causes/cause-case.ts';
import { explainCase } from '../causes/explain.ts';
import { EarlierCauses } from './earlier-causes.ts';
import { firing } from './incident-facts.ts';

/** An incident that goes on is ranked again so often, in milliseconds, even without news. */
const AGAIN_MS = 30_000;

interface Ranked {
  readonly parts: number;
  readonly atMs: number;
}

/** What was ranked, and what it came to. */
interface Ranking {
  readonly facts: CauseCase;
  readonly causes: CauseList;
}

/** Ranks incidents again when there is news of them, and tells when the answer has changed. */
export class CauseWatch {
  readonly #view: TelemetryView;
  readonly #earlier: EarlierCauses;
  readonly #ranked = new Map<string, Ranked>();

  constructor(view: TelemetryView, earlier = new EarlierCauses()) {
    this.#view = view;
    this.#earlier = earlier;
  }

  /** The new list if what stands first has changed, or the verdict on it. `nowMs` is wall-clock time. */
  look(incident: Incident, nowMs: number): Ranking | undefined {
    const last = this.#ranked.get(incident.id);
    const parts = incident.anomalies.size + incident.changes.size + incident.alerts.size;
    // What ends is no news of the cause: ranked again, the quiet after it would blur the answer.
    const isDue = firing(incident) > 0 && (last === undefined || last.parts !== parts || nowMs - last.atMs >= AGAIN_MS);
    if (!isDue) return undefined;
    this.#ranked.set(incident.id, { parts, atMs: nowMs });
    const facts = buildCase(incident, this.#view, this.#earlier.of(incident));
    const list = explainCase(facts);
    // Nothing known any more, as after a restart, is no answer.
    const isSilent = list.candidates.length === 0 && (incident.causes?.candidates.length ?? 0) > 0;
    return isSilent || headline(list) === headline(incident.causes) ? undefined : { facts, causes: list };
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
