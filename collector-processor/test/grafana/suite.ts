import { messageOf } from '../../src/runtime/errors.ts';

export interface Case {
  readonly name: string;
  /** Why it cannot run here; absent: it runs. */
  readonly skip?: string | undefined;
  readonly run: () => Promise<void>;
}

/** Runs one case after the other; prints each, and `N passed, N failed, N skipped` last. True when none failed. */
export async function runCases(cases: readonly Case[]): Promise<boolean> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  // Stages that sleep do not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  for (const { name, skip, run } of cases) {
    if (skip !== undefined) {
      counts.skipped += 1;
      print(`skipped: ${name} (${skip})`);
      continue;
    }
    const started = performance.now();
    try {
      await run();
      counts.passed += 1;
      print(`ok: ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      counts.failed += 1;
      print(`FAILED: ${name}\n  ${messageOf(error)}`);
    }
  }
  clearInterval(alive);
  print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed === 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Long enough for a machine that does much else. */
export const PATIENT_MS = 5 * 60_000;

/** Asks until the answer is there. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
  limitMs = 60_000,
): Promise<Value> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`after ${limitMs / 1000} s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
