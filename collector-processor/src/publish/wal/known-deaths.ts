/** More are not remembered: their backend is asked again. */
const MAX_DEATHS = 10_000;

/**
 * Why records will never be delivered, or not whole, while they wait for a place among the dead letters. Their backend is
 * not asked again meanwhile: what it took in part it would then have twice.
 */
export class KnownDeaths {
  readonly #reasons = new Map<number, string>();

  note(sequence: number, reason: string): void {
    if (this.#reasons.size < MAX_DEATHS) this.#reasons.set(sequence, reason);
  }

  of(sequence: number): string | undefined {
    return this.#reasons.get(sequence);
  }

  forget(sequence: number): void {
    this.#reasons.delete(sequence);
  }
}
