import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';

const LEAVE_WITH_PARENT = join(import.meta.dirname, 'leave-with-parent.ts');
const STOP_MS = 5_000;

export interface SentinelPlan {
  /** The program, such as src/main.ts. */
  readonly main: string;
  readonly folder: string;
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface SentinelProcess {
  readonly child: Child;
  stop(): Promise<void>;
}

/** `sentinel serve` as everybody would start it, in a folder of its own. */
export function startSentinel({ main, folder, config, env }: SentinelPlan): SentinelProcess {
  const file = join(folder, 'sentinel.yaml');
  writeFileSync(file, config);
  const child = startChild({
    name: 'sentinel',
    args: ['--import', LEAVE_WITH_PARENT, main, 'serve', '--config', file],
    env: { ...env, SENTINEL_DEMO_FOLDER: folder },
  });
  return { child, stop: () => child.stop(() => child.signal('SIGTERM'), STOP_MS) };
}
