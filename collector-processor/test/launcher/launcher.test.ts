import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const tools = join(import.meta.dirname, '../../../tools');

/** A clone with nothing in it but the launcher, a program, and an npm that does as it is told. */
let clone = '';
let elsewhere = '';
beforeEach(() => {
  clone = realpathSync(mkdtempSync(join(tmpdir(), 'sentinel-clone-')));
  elsewhere = join(clone, 'elsewhere');
  for (const folder of ['tools', 'collector-processor/src', 'node_modules', 'elsewhere']) {
    mkdirSync(join(clone, folder), { recursive: true });
  }
  for (const file of ['run.mjs', 'progress.mjs', 'jest-options.mjs'])
    cpSync(join(tools, file), join(clone, 'tools', file));
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  writeFileSync(join(clone, 'collector-processor/src/main.ts'), 'console.log(`program in ${process.cwd()}`);\n');
  writeFileSync(join(clone, 'collector-processor/src/other.ts'), 'console.log(`program in ${process.cwd()}`);\n');
});
afterEach(() => rmSync(clone, { recursive: true }));

async function launch(program: string, npm: string) {
  const cli = join(clone, 'npm.mjs');
  writeFileSync(cli, npm);
  const env = { ...process.env, npm_execpath: cli, INIT_CWD: elsewhere, NODE_OPTIONS: '' };
  const run = join(clone, 'tools/run.mjs');
  const child = spawn(process.execPath, [run, '--production', `collector-processor/src/${program}`], {
    cwd: clone,
    env,
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, out, err };
}

describe('the first start', () => {
  test('that cannot install ends with what npm said', async () => {
    const { code, out, err } = await launch('main.ts', 'console.error("npm error ENOTFOUND"); process.exit(7);');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/npm error ENOTFOUND\nnpm ci .* failed \(7\)\. Check the network/);
  });

  test('says what is installed and how long it took, in whole lines and without what npm warns of', async () => {
    const { code, err } = await launch('main.ts', 'console.error("npm warn deprecated");');
    expect(code).toBe(0);
    const what = 'Installing the production dependencies, once, about 75 MB on disk';
    expect(err).toMatch(new RegExp(String.raw`^${what} …\n${what}: done after \d+ s\.\n$`));
    expect(readFileSync(join(clone, 'node_modules/.installed'), 'utf8')).toBe('production\n{}');
    expect((await launch('main.ts', 'process.exit(7);')).err).toBe('');
  });
});

test('the command line runs where npm was called, everything else in the clone', async () => {
  expect((await launch('main.ts', '')).out).toBe(`program in ${elsewhere}\n`);
  expect((await launch('other.ts', '')).out).toBe(`program in ${clone}\n`);
});
