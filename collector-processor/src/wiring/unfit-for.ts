import type { Signal } from '../model/signal.ts';
import type { BackendState } from '../publish/backends/backend.ts';

/** Why the backend of that name cannot be given the signal; `undefined` when it can. */
export function unfitFor(
  signal: Signal,
  name: string,
  backends: readonly Pick<BackendState, 'name' | 'signals'>[],
): string | undefined {
  const backend = backends.find((each) => each.name === name);
  if (backend === undefined) {
    const names = backends.filter(({ signals }) => signals.includes(signal)).map((each) => each.name);
    const known = names.length === 0 ? `None takes ${signal}.` : `Those that take ${signal}: ${names.join(', ')}.`;
    return `No backend "${name}" is configured and on. ${known}`;
  }
  return backend.signals.includes(signal)
    ? undefined
    : `The backend ${name} takes ${backend.signals.join(', ')}, not ${signal}.`;
}
