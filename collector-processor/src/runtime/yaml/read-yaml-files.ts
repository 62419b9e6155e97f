import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface TextFile {
  /** As it is shown in messages. */
  readonly name: string;
  readonly text: string;
}

/** The file, or the `*.yaml` and `*.yml` of the folder in the order of their names. Throws when it cannot be read. */
export function readYamlFiles(path: string): readonly TextFile[] {
  if (!statSync(path).isDirectory()) return [{ name: path, text: readFileSync(path, 'utf8') }];
  const names = readdirSync(path)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  return names.map((name) => join(path, name)).map((file) => ({ name: file, text: readFileSync(file, 'utf8') }));
}
