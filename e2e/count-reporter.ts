import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** One line a test, the figures that tests measured, and last `N passed, N failed, N skipped`. */
class CountReporter implements Reporter {
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };

  onTestEnd(test: TestCase, { status, duration, error, retry }: TestResult): void {
    if (retry < test.retries && status !== 'passed' && status !== 'skipped') return;
    const outcome = status === 'passed' || status === 'skipped' ? status : 'failed';
    this.#counts[outcome]++;
    print(lineOf(test, outcome, duration));
    for (const { type, description } of test.annotations)
      if (type === 'figure') print(`          ${description ?? ''}`);
    if (outcome === 'failed') print(textOf(error) ?? status);
  }

  onEnd({ status }: FullResult): void {
    const { passed, failed, skipped } = this.#counts;
    const broken = failed === 0 && status !== 'passed' ? 1 : 0;
    print(`${String(passed)} passed, ${String(failed + broken)} failed, ${String(skipped)} skipped`);
  }

  onError(error: { stack?: string; message?: string }): void {
    print(textOf(error) ?? 'An error outside of any test.');
  }

  printsToStdio(): boolean {
    return true;
  }
}

function textOf(error: { stack?: string; message?: string } | undefined): string | undefined {
  return error?.stack ?? error?.message;
}

function lineOf(test: TestCase, outcome: 'passed' | 'failed' | 'skipped', duration: number): string {
  const name = test
    .titlePath()
    .filter((part) => part !== '' && !/\.(?:spec|setup)\.ts$/.test(part))
    .join(' › ');
  if (outcome === 'skipped') {
    const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? '';
    return `skipped: ${name}${reason && ` (${reason})`}`;
  }
  return `   ${outcome === 'passed' ? 'ok    ' : 'FAILED'} ${name} (${(duration / 1000).toFixed(1)} s)`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// eslint-disable-next-line import-x/no-default-export -- Playwright loads reporters so
export default CountReporter;
