/** One event as it goes over the wire. */
export interface SentEvent {
  readonly number: number;
  readonly text: string;
}

/** The last `size` events, for listeners that come back. Ids name the process too: after a restart nothing is resumed. */
export function createEventRing(process: string, size: number) {
  const kept: SentEvent[] = [];
  let next = 1;

  return {
    add(event: string, data: unknown): SentEvent {
      const number = next++;
      const text = `id: ${process}-${String(number)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      kept.push({ number, text });
      if (kept.length > size) kept.shift();
      return { number, text };
    },
    /** Events after the one with this id; undefined when some of them are gone. */
    since(id: string): readonly SentEvent[] | undefined {
      const [of, digits] = id.split('-', 2);
      const number = Number(digits);
      const oldest = kept[0]?.number ?? next;
      if (of !== process || !Number.isInteger(number) || number < oldest - 1 || number >= next) return undefined;
      return kept.filter((event) => event.number > number);
    },
  };
}
