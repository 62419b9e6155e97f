/** One recent line for each template, so that a finding can show what it is about. */
export interface ExampleLines {
  keep(subject: number, bytes: Uint8Array, start: number, end: number): void;
  /** Shows for another one too what is kept for this one. */
  share(subject: number, other: number): void;
  /** As it came, cut to a few hundred characters; empty when none is kept. */
  of(subject: number): string;
}

const MAX_BYTES = 400;

export function createExampleLines(maxTemplates: number): ExampleLines {
  const lines = new Map<number, string>();
  const decoder = new TextDecoder();
  function put(subject: number, line: string): void {
    if (lines.size >= maxTemplates && !lines.has(subject)) lines.clear();
    lines.set(subject, line);
  }

  return {
    keep(subject, bytes, start, end) {
      put(subject, decoder.decode(bytes.subarray(start, Math.min(end, start + MAX_BYTES))));
    },
    share(subject, other) {
      const line = lines.get(subject);
      if (line !== undefined) put(other, line);
    },
    of: (subject) => lines.get(subject) ?? '',
  };
}
