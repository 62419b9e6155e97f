import type { Settings } from '../../config/schema.ts';
import { backendTypeOf } from '../../publish/backends/backend-types.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

type Backend = Settings['forward']['backends'][string];

/** Backends that are asked for what their type cannot do. */
export function checkBackendAbilities({ forward, publish }: Settings): SettingFault[] {
  return Object.entries({ forward, publish }).flatMap(([stage, { backends }]) =>
    Object.entries(backends).flatMap(([name, backend]) => faultsOf([stage, 'backends', name], name, backend)),
  );
}

function faultsOf(path: readonly string[], name: string, { protocol, signals }: Backend): SettingFault[] {
  const type = backendTypeOf(name);
  if (type === undefined) return [];
  const foreign = signals.flatMap((signal, index) => (type.signals.includes(signal) ? [] : [{ signal, index }]));
  const faults = foreign.map(({ signal, index }) => ({
    paths: [[...path, 'signals', String(index)]],
    message: `A backend of type ${type.type} cannot take ${signal}: it takes ${type.signals.join(', ')}, not ${signal}.`,
    remedy: `Leave ${signal} out, or send it to a backend of another type.`,
  }));
  if (protocol === 'default' || type.protocols.includes(protocol)) return faults;
  const spoken = type.protocols.join(' or ');
  const message = `A backend of type ${type.type} does not speak ${protocol}.`;
  return [...faults, { paths: [[...path, 'protocol']], message, remedy: `Leave it out, or write ${spoken}.` }];
}
