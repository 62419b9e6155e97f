/** Services of which it is told. */
const MAX_SERVICES = 100;
const DAY_MS = 86_400_000;

/** Which services had onsets held back within the last day, for coverage. */
export class HeldOnsets {
  private readonly lately = new Map<string, { times: number; sinceMs: number; lastMs: number }>();

  note(service: string, timeMs: number): void {
    const known = this.lately.get(service);
    if (known !== undefined && timeMs - known.sinceMs < DAY_MS) {
      known.times++;
      known.lastMs = timeMs;
      return;
    }
    const [first] = this.lately.keys();
    if (known === undefined && this.lately.size >= MAX_SERVICES && first !== undefined) this.lately.delete(first);
    this.lately.set(service, { times: 1, sinceMs: timeMs, lastMs: timeMs });
  }

  /** One sentence a service. */
  tell(nowMs: number): string[] {
    return [...this.lately]
      .filter(([, { lastMs }]) => nowMs - lastMs < DAY_MS)
      .map(
        ([service, { times }]) =>
          `${times} small onsets of ${service} were held back today: among so many series of one service chance brings ` +
          'as much (score.chance_notices_per_day). What grows is told.',
      );
  }
}
