import { readFileSync, statSync } from 'node:fs';
import { Compile } from 'typebox/compile';
import { type Injection, InjectionList } from '../contract/injection.ts';
import { codeOf } from '../runtime/errors.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';

export interface DemoInjectionsOptions {
  /** JSON in the shape of `InjectionList`, replaced as a whole by whoever writes it; empty: there is none. */
  readonly file: string;
  readonly metrics: SelfMetrics;
}

/**
 * What the demo shop says that it injected, for the status page only: no detector sees it. The file is read again when
 * its time of change differs; a file that does not fit is counted and shown as empty.
 */
export function createDemoInjections({ file, metrics }: DemoInjectionsOptions): () => readonly Injection[] {
  const check = Compile(InjectionList);
  const unreadable = metrics.counter({
    name: 'sentinel_demo_injections_unreadable_total',
    help: 'Reads of the demo’s list of injected faults that failed.',
  });
  let readAtMs = 0;
  let items: readonly Injection[] = [];

  return () => {
    if (file === '') return [];
    try {
      const changedAtMs = statSync(file).mtimeMs;
      if (changedAtMs === readAtMs) return items;
      readAtMs = changedAtMs;
      items = check.Parse(JSON.parse(readFileSync(file, 'utf8'))).items;
    } catch (error) {
      items = [];
      // Before the demo has written it there is no file.
      if (codeOf(error) !== 'ENOENT') unreadable.add(1);
    }
    return items;
  };
}
