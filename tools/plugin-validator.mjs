/** Grafana's own plugin validator, where there is one. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** It goes by two names: that of its container image and that of its Go command. */
const names = ['plugin-validator', 'plugincheck2'];

function find() {
  const { PLUGIN_VALIDATOR: given, PATH: path = '' } = process.env;
  if (given) return given;
  const candidates = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find((file) => existsSync(file));
}

/**
 * Runs `plugin-validator -sourceCodeUri file://… <archive>`. Answers `{ kind: 'absent', why }` or `{ kind: 'ran', passed, output }`.
 * The npm package of that name only fetches a program from GitHub, which a check should not do unasked.
 */
export function validate({ source, archive }) {
  const program = find();
  if (program === undefined)
    return { kind: 'absent', why: `no ${names.join(' or ')} on the path or in PLUGIN_VALIDATOR` };
  const folder = mkdtempSync(join(tmpdir(), 'plugin-'));
  try {
    const file = join(folder, archive.name);
    writeFileSync(file, archive.bytes);
    const args = ['-sourceCodeUri', pathToFileURL(source).href, file];
    const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
    return { kind: 'ran', passed: status === 0, output: error?.message ?? `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
