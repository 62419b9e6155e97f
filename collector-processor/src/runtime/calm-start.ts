import { availableParallelism } from 'node:os';

/**
 * glibc keeps what was freed: an arena for each thread, and blocks of ever larger sizes once such a block was freed. With
 * bodies of all sizes on several threads the resident memory of a flood was 600 MiB and stayed; with two arenas and a fixed
 * border, beyond which memory goes back at once, it was 410 MiB.
 */
const calm = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' } as const;
/** As many as Node starts by itself. */
const MOST_HELPERS = 4;

type StartedProcess = Pick<NodeJS.Process, 'platform' | 'env' | 'execPath' | 'execArgv' | 'argv'> & {
  readonly channel?: object | null | undefined;
  execve?(file: string, args: readonly string[], env: NodeJS.ProcessEnv): never;
};

/**
 * Starts the program again in its own place (same process id, same files) with an allocator that gives memory back, which
 * is read from the environment before anything else runs, and with no more helper threads of V8 than there are other cores.
 * Does nothing where that is not possible or somebody has chosen already, and returns then.
 */
export function startCalmly(started: StartedProcess, cores = availableParallelism()): void {
  const { platform, env, execPath, execArgv, argv, channel } = started;
  if (platform !== 'linux' || env.MALLOC_ARENA_MAX !== undefined || channel !== undefined) return;
  started.execve?.(execPath, [execPath, helpersFor(cores), ...execArgv, ...argv.slice(1)], { ...calm, ...env });
}

/**
 * They mark the heap beside the main thread. Where they share its core, four of them leave it a fifth of it, and every
 * request under way waited for 30 to 60 ms whenever all garbage was collected; beside one it waits for a few.
 */
function helpersFor(cores: number): string {
  return `--v8-pool-size=${Math.min(MOST_HELPERS, Math.max(1, cores - 1))}`;
}
