import { readFileSync } from 'node:fs';

/** npm, the shell that it runs scripts with, and the launcher. */
const MAX_PARENTS = 3;

export interface ProcessFacts {
  readonly parent: number;
  readonly commandLine: string;
}

/**
 * Process ids of those whom we run for: the parent, and above it up to npm when npm started us. npm that is killed takes
 * neither its shell nor the launcher with it, so that only a look further up tells.
 */
export function parentsOf(parent: number, lookUp: (pid: number) => ProcessFacts | undefined = factsOf): number[] {
  const chain = [parent];
  for (let pid = parent; chain.length <= MAX_PARENTS;) {
    const facts = lookUp(pid);
    if (facts === undefined) break;
    if (isNpm(facts.commandLine)) return chain;
    pid = facts.parent;
    chain.push(pid);
  }
  return [parent];
}

function isNpm(commandLine: string): boolean {
  return /^npm |[/\\]npm(-cli\.js)?\0/.test(commandLine);
}

/** Linux only; elsewhere just the parent is watched. */
function factsOf(pid: number): ProcessFacts | undefined {
  try {
    // The name in parentheses may hold spaces and parentheses itself.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { parent: Number(fields[1]), commandLine: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    return undefined;
  }
}
