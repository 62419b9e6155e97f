/** What a diff does, as far as its lines tell. */
export interface DiffClass {
  readonly weight: number;
  readonly reasons: readonly string[];
}

const call =
  /\b(select|insert|update|delete|query|fetch|put|get|post|load|save|exec|scan|lookup)\w*\s*\(|\bSELECT\b|\.(find|all|one)\(/i;
const version = /v?(\d+)\.(\d+)(?:\.(\d+))?/;
const literal = /"[^"]*"|'[^']*'|`[^`]*`|\b\d[\d_.]*(?:\s*\*\s*[\w.]+)?\b/g;
const looks = /\.(css|scss|svg|png)\b|#[0-9a-f]{3,8}\b|colou?r|palette|font|padding|margin/i;

/**
 * Weighs a unified diff by its kind: what removes something, asks for more or sets another value can break; what moves,
 * renames or bumps a patch seldom does. Words are looked at, not meaning.
 */
export function classOfDiff(diff: string): DiffClass {
  const lines = diff.split('\n');
  const removed = changedLines(lines, '-');
  const added = changedLines(lines, '+');
  if (removed.length + added.length === 0) return { weight: 0, reasons: [] };
  const found: [number, string][] = [];
  const bump = bumpOf(removed, added);
  if (bump !== undefined) found.push(bump);
  else if (onlyLooks(removed, added)) found.push([-1.5, 'changes only looks or version strings']);
  else {
    if (added.length === 0 || isMostlyRemoval(removed, added)) found.push([1.5, 'only removes']);
    if (added.some((line) => call.test(line) && !removed.some((old) => sameCalls(old, line))))
      found.push([1, 'asks for more']);
    if (otherValue(removed, added)) found.push([1, 'sets another value']);
    if (isMoved(removed, added)) found.push([-1.5, 'only moves or renames']);
    else if (onlyHelpers(removed, added)) found.push([-1, 'only wraps what was there']);
  }
  return { weight: found.reduce((sum, [weight]) => sum + weight, 0), reasons: found.map(([, reason]) => reason) };
}

function changedLines(lines: readonly string[], sign: '-' | '+'): readonly string[] {
  return lines
    .filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)))
    .map((line) => line.slice(1).trim())
    .filter((line) => line !== '' && !/^(\/\/|#|\*|import\b)/.test(line));
}

function wordsOf(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.match(/[A-Za-z_]\w*/g) ?? []);
}

/** Words that go and do not come back, while nothing new comes. */
function isMostlyRemoval(removed: readonly string[], added: readonly string[]): boolean {
  const before = new Set(wordsOf(removed));
  const fresh = wordsOf(added).filter((word) => !before.has(word));
  const after = new Set(wordsOf(added));
  return fresh.length === 0 && [...before].some((word) => !after.has(word));
}

function sameCalls(old: string, line: string): boolean {
  const calls = (text: string): string => (text.match(/\b\w+(?=\()/g) ?? []).join();
  return calls(old) === calls(line);
}

/** A line that is nearly the same but for a literal; numbers within one and a half times do not count. */
function otherValue(removed: readonly string[], added: readonly string[]): boolean {
  return removed.some((old) =>
    added.some((line) => {
      if (likeness(old, line) < 0.75) return false;
      const [before, after] = [old.match(literal) ?? [], line.match(literal) ?? []];
      const isSame = before.length === 0 || after.length === 0;
      return !isSame && before.some((value, index) => value !== after[index] && !isNear(value, after[index] ?? ''));
    }),
  );
}

/** Share of the words that two lines have in common, literals left out. */
function likeness(left: string, right: string): number {
  const [one, other] = [left, right].map((line) => new Set(wordsOf([line.replace(literal, '')])));
  const both = [...(one ?? [])].filter((word) => other?.has(word)).length;
  return both / Math.max(1, (one?.size ?? 0) + (other?.size ?? 0) - both);
}

function isNear(before: string, after: string): boolean {
  const [left, right] = [Number(before.replaceAll('_', '')), Number(after.replaceAll('_', ''))];
  return left > 0 && right > 0 && Math.max(left, right) / Math.min(left, right) <= 1.5;
}

function isMoved(removed: readonly string[], added: readonly string[]): boolean {
  const squeeze = (lines: readonly string[]): string =>
    [...lines]
      .map((line) => line.replace(/\s+/g, ''))
      .sort()
      .join('\n');
  if (removed.length > 0 && squeeze(removed) === squeeze(added)) return true;
  // The same lines with one name for another.
  const [before, after] = [wordsOf(removed), wordsOf(added)];
  if (before.length !== after.length || removed.length !== added.length) return false;
  const renamed = new Map<string, string>();
  const consistent = before.every((word, index) => {
    const now = after[index] ?? '';
    const known = renamed.get(word) ?? now;
    renamed.set(word, known);
    return known === now;
  });
  const sameLiterals = (removed.join().match(literal) ?? []).join() === (added.join().match(literal) ?? []).join();
  return consistent && sameLiterals;
}

/** What was there is wrapped: the new lines say with other names what the old ones said, and hold no new values. */
function onlyHelpers(removed: readonly string[], added: readonly string[]): boolean {
  const before = new Set(wordsOf(removed).flatMap(subwords));
  const after = wordsOf(added).flatMap(subwords);
  const known = after.filter((word) => before.has(word)).length;
  const values = new Set(removed.join('\n').match(literal) ?? []);
  const fresh = (added.join('\n').match(literal) ?? []).filter((value) => !values.has(value));
  return after.length > 0 && known >= 0.75 * after.length && fresh.length === 0;
}

function onlyLooks(removed: readonly string[], added: readonly string[]): boolean {
  const all = [...removed, ...added];
  return all.length > 0 && all.every((line) => looks.test(line) || /version/i.test(line));
}

function bumpOf(removed: readonly string[], added: readonly string[]): [number, string] | undefined {
  const bare = (line: string): string => line.replace(version, '');
  const pairs = removed.flatMap((old) =>
    added.filter((line) => bare(line) === bare(old)).map((line) => [old, line] as const),
  );
  if (pairs.length === 0 || pairs.length < Math.max(removed.length, added.length)) return undefined;
  const numbers = pairs.map(([old, line]) => [version.exec(old), version.exec(line)] as const);
  if (numbers.some(([before, after]) => before === null || after === null || before[3] === undefined)) return undefined;
  if (numbers.some(([before, after]) => before?.[1] !== after?.[1])) return [1, 'raises a major version'];
  if (numbers.some(([before, after]) => before?.[2] !== after?.[2])) return [-0.5, 'raises a minor version'];
  return [-1.5, 'raises a patch version'];
}

export function subwords(word: string): readonly string[] {
  return (word.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [])
    .map((part) => part.toLowerCase())
    .filter((part) => part.length > 2);
}
