/** `npm start`: Sentinel with a shop whose faults it is to find. */
import { join } from 'node:path';
import { systemClock } from '../src/runtime/clock.ts';
import { messageOf, SentinelError } from '../src/runtime/errors.ts';
import { runDemo } from './demo.ts';
import { helpText } from './help.ts';
import { parseOptions } from './options.ts';
import { parentsOf } from './processes/parents.ts';
import { createNarrator } from './terminal/narrator.ts';

const PARENT_CHECK_MS = 500;
/** One Ctrl-C arrives several times: from the terminal, from npm, from the launcher. */
const SAME_KEY_MS = 1_000;

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(helpText());
    return 0;
  }
  const elapsedMs = (): number => performance.now();
  const narrator = createNarrator({
    write: (line) => process.stdout.write(`${line}\n`),
    elapsedMs,
    colours: process.stdout.isTTY && process.env.NO_COLOR === undefined,
  });
  return runDemo(options, {
    narrator,
    clock: systemClock,
    elapsedMs,
    sentinelMain: join(import.meta.dirname, '../src/main.ts'),
    input: process.stdin,
    stop: stopOnSignals(),
  });
}

/** Ctrl-C, a signal, a closed terminal, and the end of npm all end the demo; a second Ctrl-C ends it at once. */
function stopOnSignals(): AbortController {
  const stop = new AbortController();
  let endedAt = 0;
  const end = (): void => {
    if (stop.signal.aborted && performance.now() - endedAt > SAME_KEY_MS) process.exit(130);
    if (stop.signal.aborted) return;
    endedAt = performance.now();
    process.stdout.write('\nStopping …\n');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.stdout.on('error', () => stop.abort());
  const parents = (): string => parentsOf(process.ppid).join();
  const startedFor = parents();
  setInterval(() => parents() !== startedFor && stop.abort(), PARENT_CHECK_MS).unref();
  return stop;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof SentinelError && error.code === 'SENTINEL_USAGE' ? 2 : 1;
}
