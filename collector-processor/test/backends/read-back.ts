import type { Signal } from '../../src/model/signal.ts';

/** What one case sends, and how it is asked for. Items are told apart by `run` (this process) and `form` (the case). */
export interface Marks {
  readonly run: string;
  readonly form: string;
}

/** One server: a known set for it, and the same set as its query API gives it back. */
export interface BackendUnderTest {
  /** As `forward.backends` names it. */
  readonly name: string;
  readonly signal: Signal;
  /** Settings of the backend; absent when no address is given. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Why it cannot run here. */
  readonly missing: string;
  /** Export requests in OTLP/JSON's words. */
  requests(marks: Marks): readonly unknown[];
  /** One line for each item, as it must come back. */
  expected(marks: Marks): readonly string[];
  /** One line for each item that the server has now. */
  stored(marks: Marks): Promise<readonly string[]>;
  /** A request without any items in it. */
  readonly empty: unknown;
}

export interface ReadBackOptions {
  /** A send was repeated because its fate was unknown: the server may then hold items twice (at least once). */
  readonly repeated: boolean;
}

const LIMIT_MS = 60_000;

/** Asks until as many items are there as were sent, and throws when they are not exactly these. */
export async function readBack(backend: BackendUnderTest, marks: Marks, { repeated }: ReadBackOptions): Promise<void> {
  const expected = [...backend.expected(marks)].sort();
  const deadline = performance.now() + LIMIT_MS;
  let stored: readonly string[] = [];
  while (performance.now() < deadline) {
    const found = await backend.stored(marks);
    stored = (repeated ? [...new Set(found)] : [...found]).sort();
    if (stored.length >= expected.length) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const missing = expected.filter((line) => !stored.includes(line));
  const strange = stored.filter((line) => !expected.includes(line));
  if (missing.length === 0 && strange.length === 0 && stored.length === expected.length) return;
  const sample = (lines: readonly string[]) => lines.slice(0, 3).join('\n    ');
  throw new Error(
    `${stored.length} of ${expected.length} items; ${missing.length} missing:\n    ${sample(missing)}\n` +
      `  ${strange.length} not expected:\n    ${sample(strange)}`,
  );
}

/** JSON of a query API, or `undefined` for 404 (not there yet). */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status} ${(await response.text()).slice(0, 200)}`);
  return response.json();
}
