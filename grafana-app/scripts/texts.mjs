/**
 * The English texts of the app, drawn from the code: `node grafana-app/scripts/texts.mjs` writes the file, `--check` only
 * compares. Users of a language without a translation of its own get this file, so it must not drift from the code.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const source = resolve(import.meta.dirname, '../src');
const file = join(source, 'locales/en-US/sentinel-observability-app.json');
const texts = new Map();
const faults = [];

function literal(node) {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function add(key, text, where) {
  const known = texts.get(key);
  if (known !== undefined && known !== text) {
    faults.push(`${where}: "${key}" is "${known}" elsewhere and "${text}" here.`);
  }
  texts.set(key, text);
}

/** `t(key, text, values)`; plurals have their texts among the values. */
function readCall(call, where) {
  const [keyNode, textNode, valuesNode] = call.arguments;
  const [key, text] = [literal(keyNode), literal(textNode)];
  if (key === undefined || text === undefined) {
    faults.push(`${where}: key and text of t() are plain strings, so that they can be found.`);
    return;
  }
  const properties = valuesNode !== undefined && ts.isObjectLiteralExpression(valuesNode) ? valuesNode.properties : [];
  const names = properties.map((property) => property.name?.getText());
  const plurals = properties.filter((property) => property.name?.getText().startsWith('defaultValue_'));
  for (const plural of plurals) {
    add(`${key}${plural.name.text.slice('defaultValue'.length)}`, literal(plural.initializer) ?? '', where);
  }
  if (plurals.length === 0) {
    add(key, text, where);
  }
  const telling = names.filter((name) => name !== 'count' && !name?.startsWith('defaultValue_'));
  if (telling.length > 0 && !names.includes('interpolation')) {
    faults.push(`${where}: values of "${key}" would be escaped for HTML; add interpolation: unescaped.`);
  }
}

function visit(node, path) {
  if (ts.isCallExpression(node) && node.expression.getText() === 't') {
    const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
    readCall(node, `${path}:${line + 1}`);
  }
  ts.forEachChild(node, (child) => visit(child, path));
}

function nested() {
  const tree = {};
  for (const [key, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = key.split('.');
    const last = path.pop();
    let place = tree;
    for (const name of path) {
      place = place[name] ??= {};
    }
    if (typeof place !== 'object' || last in place) {
      faults.push(`"${key}" is a text and a group of texts.`);
    } else {
      place[last] = text;
    }
  }
  return tree;
}

for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) {
    const path = join(entry.parentPath, entry.name);
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const parsed = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, kind);
    visit(parsed, path.slice(source.length + 1));
  }
}
const written = `${JSON.stringify(nested(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== written) {
    faults.push('The English texts differ from the code: run node grafana-app/scripts/texts.mjs');
  }
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, written);
}
for (const fault of faults) {
  process.stderr.write(`${fault}\n`);
}
process.stdout.write(`${texts.size} texts\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
