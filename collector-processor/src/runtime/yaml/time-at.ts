import { promDuration } from './lengths-of-time.ts';
import { fault, faults, part, type Part } from './understood.ts';

/** A length of time above 0 as Prometheus writes it, in milliseconds; `examples` are what is right at its place. */
export function timeAt(text: string, path: readonly (string | number)[], examples: string): Part<number> {
  const ms = promDuration(text);
  return ms === undefined
    ? faults(fault(path, `"${text}" is no length of time.`, `Write it as ${examples}.`))
    : part(ms);
}
