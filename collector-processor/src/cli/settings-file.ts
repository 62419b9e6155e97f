import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadSettings, type Settings } from '../config/schema.ts';
import { messageOf, SentinelError } from '../runtime/errors.ts';
import { describeProblem } from '../runtime/yaml/problem.ts';
import { settingsChecks } from '../wiring/checks/settings-checks.ts';
import type { CommandContext } from './command.ts';

const DEFAULT_FILE = 'sentinel.yaml';

/** Settings, and the file they are from (its whole path), or that they are the defaults. */
export interface Configuration {
  readonly settings: Settings;
  readonly file: string;
}

export type FileResult =
  | ({ readonly kind: 'settings' } & Configuration)
  | { readonly kind: 'invalid'; readonly file: string; readonly lines: readonly string[] };

/** Reads `--config FILE`, else `sentinel.yaml` here if there is one, else the defaults. */
export function readSettingsFile(file: string | undefined, env: CommandContext['env']): FileResult {
  const usual = resolve(DEFAULT_FILE);
  const name = file === undefined ? (existsSync(usual) ? usual : undefined) : resolve(file);
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const result = loadSettings(name === undefined ? '' : readText(name), { env, readFile }, settingsChecks);
  const shown = name ?? `built-in defaults (there is no ${usual})`;
  if (result.kind === 'invalid') {
    return { kind: 'invalid', file: shown, lines: result.problems.map((problem) => describeProblem(shown, problem)) };
  }
  return { kind: 'settings', settings: result.settings, file: shown };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `The configuration file ${file} cannot be read: ${messageOf(error)}. Give another with --config.`;
    throw new SentinelError('SENTINEL_CONFIG_UNREADABLE', message, { cause: error });
  }
}

/** As `configurationOrThrow`, for those who do not say where it is from. */
export function settingsOrThrow(file: string | undefined, env: CommandContext['env']): Settings {
  return configurationOrThrow(file, env).settings;
}

/** As `readSettingsFile`; every problem in one error when the file does not fit. */
export function configurationOrThrow(file: string | undefined, env: CommandContext['env']): Configuration {
  const result = readSettingsFile(file, env);
  if (result.kind === 'settings') return result;
  throw new SentinelError('SENTINEL_CONFIG_INVALID', `\n${result.lines.join('\n')}`);
}
