import type { Incident, OutsideAlert } from '../../model/incident.ts';

/** Alerts that a person has closed their incident over; beyond so many the oldest are forgotten. */
const MOST_DISMISSED = 10_000;

/**
 * What is to be remembered of alerts from outside beside their incidents. Senders repeat an alert while it fires, so one that is
 * not heard of for a long time is over: the news of its end got lost. One whose incident was closed while it fired opens no
 * other one, until it ends or starts anew.
 */
export class OutsideAlerts {
  readonly #silenceMs: number;
  readonly #heardAtMs = new Map<string, number>();
  readonly #dismissed = new Map<string, number>();

  /** `silenceMs`: without a repetition for so long it is over. */
  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  /** Whether anybody still wants to hear of it. */
  hear(tenant: string, { id, startMs, endMs }: OutsideAlert, nowMs: number): boolean {
    const key = keyOf(tenant, id);
    if (endMs === undefined) this.#heardAtMs.set(key, nowMs);
    else this.#heardAtMs.delete(key);
    const isDismissed = this.#dismissed.get(key) === startMs;
    if (!isDismissed || endMs !== undefined) this.#dismissed.delete(key);
    return !isDismissed;
  }

  /** Its incident is closed. */
  dismiss({ tenant, alerts }: Incident): void {
    for (const { id, startMs, endMs } of alerts.values()) {
      if (endMs !== undefined) continue;
      this.#heardAtMs.delete(keyOf(tenant, id));
      this.#dismissed.set(keyOf(tenant, id), startMs);
      const [oldest] = this.#dismissed.keys();
      if (this.#dismissed.size > MOST_DISMISSED && oldest !== undefined) this.#dismissed.delete(oldest);
    }
  }

  /** Alerts of an incident that have not been heard of for too long. After a restart their time begins anew. */
  silent({ tenant, alerts }: Incident, nowMs: number): readonly OutsideAlert[] {
    return [...alerts.values()].filter(({ id, endMs }) => {
      if (endMs !== undefined) return false;
      const key = keyOf(tenant, id);
      const heardAtMs = this.#heardAtMs.get(key) ?? nowMs;
      this.#heardAtMs.set(key, heardAtMs);
      return nowMs - heardAtMs >= this.#silenceMs;
    });
  }
}

function keyOf(tenant: string, id: string): string {
  return `${tenant}\n${id}`;
}
