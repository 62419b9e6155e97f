import { existsSync, readFileSync } from 'node:fs';
import { describeProblem } from '../config/problem.ts';
import { loadSettings, type Settings } from '../config/schema.ts';
import { planBackend } from '../publish/backends/backend-plan.ts';
import { messageOf, SentinelError } from '../runtime/errors.ts';
import type { CommandContext } from './command.ts';

const DEFAULT_FILE = 'sentinel.yaml';

export type FileResult =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly file: string }
  | { readonly kind: 'invalid'; readonly file: string; readonly lines: readonly string[] };

/** Reads `--config FILE`, else `sentinel.yaml` here if there is one, else the defaults. */
export function readSettingsFile(file: string | undefined, env: CommandContext['env']): FileResult {
  const name = file ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined);
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const result = loadSettings(name === undefined ? '' : readText(name), { env, readFile });
  const shown = name ?? 'built-in defaults';
  if (result.kind === 'invalid') {
    return { kind: 'invalid', file: shown, lines: result.problems.map((problem) => describeProblem(shown, problem)) };
  }
  const lines = backendProblems(result.settings).map((problem) => `${shown}: ${problem}`);
  if (lines.length > 0) return { kind: 'invalid', file: shown, lines };
  return { kind: 'settings', settings: result.settings, file: shown };
}

/** What the schema cannot see: types, protocols and signals that do not go together, and files that cannot be used. */
function backendProblems({ forward, publish }: Settings): string[] {
  const backends = [...Object.entries(forward.backends), ...Object.entries(publish.backends)];
  return backends.flatMap(([name, options]) => {
    try {
      planBackend(name, options);
      return [];
    } catch (error) {
      if (error instanceof SentinelError) return [error.message];
      throw error;
    }
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `The configuration file ${file} cannot be read: ${messageOf(error)}. Give another with --config.`;
    throw new SentinelError('SENTINEL_CONFIG_UNREADABLE', message, { cause: error });
  }
}

/** As `readSettingsFile`; every problem in one error when the file does not fit. */
export function settingsOrThrow(file: string | undefined, env: CommandContext['env']): Settings {
  const result = readSettingsFile(file, env);
  if (result.kind === 'settings') return result.settings;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `\n${result.lines.join('\n')}`);
}
