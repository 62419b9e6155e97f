import { Type } from 'typebox';
import { createLoader } from '../config/load.ts';
import { forwardSection, type ForwardSettings } from '../config/sections/forward.ts';

const load = createLoader<{ readonly forward: ForwardSettings }>(Type.Object({ forward: forwardSection }));

/** Options of the forwarder from settings as a user writes them, with every default filled in. */
export function forwardOptions(forward: Readonly<Record<string, unknown>>): ForwardSettings {
  const result = load(JSON.stringify({ forward }), { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new TypeError(JSON.stringify(result.problems));
  return result.settings.forward;
}
