import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly entrypoint?: readonly string[];
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>;
  readonly profiles: readonly string[];
  readonly restart: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly mem_limit?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const repository = join(import.meta.dirname, '../../..');

/** What stands in docker-compose.yaml, with what anchors share, and defaults of variables filled in. */
export function readComposeFile(env: Readonly<Record<string, string | undefined>> = {}): ComposeFile {
  const text = readFileSync(join(repository, 'docker-compose.yaml'), 'utf8');
  return parse(interpolate(text, env), { merge: true }) as ComposeFile;
}

/** `${NAME:-default}` and `$$`, as Compose replaces them. */
function interpolate(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\$\$|\$\{(\w+)(?::-([^}]*))?\}/g, (whole, name: string | undefined, otherwise = '') =>
    name === undefined ? whole.slice(1) : (env[name] ?? (otherwise as string)),
  );
}

/** `source:target[:ro]`. */
export function mountOf(volume: string): { readonly source: string; readonly target: string; readonly mode: string } {
  const [source = '', target = '', mode = 'rw'] = volume.split(':');
  return { source, target, mode };
}

/** Words of a command, however it is written; a text holds no quotes. */
export function wordsOf({ command = [] }: ComposeService): readonly string[] {
  return typeof command === 'string' ? command.trim().split(/\s+/) : command;
}
