/**
 * The archive of the built Grafana app as the catalogue and `grafana cli` want it: one folder named after the plugin's id, and
 * in it what was built.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip } from './zip.mjs';

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes by name, names with slashes and in order. */
export function readBuild(dist) {
  const paths = readdirSync(dist, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(paths.map((path) => [path.slice(dist.length + 1).replaceAll('\\', '/'), readFileSync(path)]));
}

/** `{ name, bytes, entries }` of the archive. The same files make the same bytes. */
export function makeArchive(files) {
  const { id, info } = JSON.parse(files.get('plugin.json').toString('utf8'));
  const entries = [...files].map(([name, bytes]) => ({ name: `${id}/${name}`, bytes }));
  return { name: `${id}-${info.version}.zip`, bytes: writeZip(entries), entries: entries.map(({ name }) => name) };
}

/**
 * A signed plugin whose files differ from its manifest never loads, so nobody should have to find that out in Grafana.
 * Answers whether it is signed, and which files do not fit.
 */
export function readSignature(files) {
  const manifest = files.get('MANIFEST.txt');
  if (manifest === undefined) return { signed: false, unfit: [] };
  const text = manifest.toString('utf8');
  const sums = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)).files;
  const wrong = [...files].filter(([name, bytes]) => name !== 'MANIFEST.txt' && sums[name] !== sha256(bytes));
  const missing = Object.keys(sums).filter((name) => !files.has(name));
  return { signed: true, unfit: [...wrong.map(([name]) => name), ...missing] };
}
