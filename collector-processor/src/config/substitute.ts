import { type Document, isPair, isScalar, isSeq, type LineCounter, parse, type Scalar, visit } from 'yaml';
import { messageOf } from '../runtime/errors.ts';
import type { Problem } from '../runtime/yaml/problem.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of a file; throws when it cannot be read. */
  readonly readFile: (path: string) => string;
}

/** A value that is not known, because what it refers to is not there. */
export interface UnknownValue {
  readonly path: readonly string[];
  readonly problem: Problem;
}

const reference = /\$\$|\$\{(env|file):([^}]*)\}/g;

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}` and `${file:/path}` in the scalars of a document, in place, as the Collector
 * does; `$$` stands for a dollar sign. An unquoted scalar that is one reference keeps the type of what it becomes
 * (`port: ${env:PORT}` is a number). What cannot be replaced stays as it is written.
 */
export function substitute(document: Document, lines: LineCounter, surroundings: Surroundings): UnknownValue[] {
  const unknown: UnknownValue[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('$')) return;
      const outcome = replaceReferences(node.value, surroundings);
      if (outcome.missing === undefined) {
        node.value = retype(node, outcome.text);
        return;
      }
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      const path = pathOf([...ancestors, node]);
      unknown.push({ path, problem: { line, column: col, path: path.join('.'), ...outcome.missing } });
    },
  });
  return unknown;
}

/** Names and list places that lead down a chain of nodes. */
function pathOf(chain: readonly unknown[]): string[] {
  return chain.flatMap((node, index) => {
    if (isPair(node)) return [String(isScalar(node.key) ? node.key.value : node.key)];
    return isSeq(node) ? [String(node.items.indexOf(chain[index + 1]))] : [];
  });
}

interface Replaced {
  readonly text: string;
  readonly missing?: { readonly message: string; readonly remedy: string };
}

function replaceReferences(text: string, { env, readFile }: Surroundings): Replaced {
  let missing: Replaced['missing'];
  const replaced = text.replace(reference, (match, kind: string | undefined, name: string | undefined) => {
    if (kind === undefined || name === undefined) return '$';
    const found = kind === 'env' ? fromEnvironment(name, env) : fromFile(name, readFile);
    if (found.missing !== undefined) missing = found.missing;
    return found.missing === undefined ? found.text : match;
  });
  return missing === undefined ? { text: replaced } : { text: replaced, missing };
}

function fromEnvironment(expression: string, env: Surroundings['env']): Replaced {
  const [name = '', ...rest] = expression.split(':-');
  const value = env[name];
  if (value !== undefined && value !== '') return { text: value };
  if (rest.length > 0) return { text: rest.join(':-') };
  const remedy = `Set it (export ${name}=…), or give a default: \${env:${name}:-default}.`;
  return { text: '', missing: { message: `The environment variable ${name} is not set.`, remedy } };
}

function fromFile(path: string, readFile: Surroundings['readFile']): Replaced {
  try {
    return { text: readFile(path).replace(/\r?\n$/, '') };
  } catch (error) {
    const message = `The file ${path} cannot be read (${messageOf(error)}).`;
    return { text: '', missing: { message, remedy: 'Create the file or correct its path and permissions.' } };
  }
}

function retype(node: Scalar, text: string): unknown {
  const plainReference = node.type === 'PLAIN' && /^\$\{env:[^}]*\}$/.test(node.source ?? '');
  if (!plainReference) return text;
  const value: unknown = parse(text);
  return typeof value === 'number' || typeof value === 'boolean' ? value : text;
}
