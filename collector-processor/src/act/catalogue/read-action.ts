import { timeAt } from '../../runtime/yaml/time-at.ts';
import { all, fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import type { TypeParts } from '../types/action-type.ts';
import { actionTypes } from '../types/action-types.ts';
import type { WrittenAction, WrittenParameter } from './action-schema.ts';
import type { CatalogueAction, Parameter, PerformStep } from './catalogue.ts';
import { isKnown, placeholdersIn } from './fill-in.ts';

type Path = readonly (string | number)[];

const EXAMPLES = '30s or 5m';

export type Surroundings = Omit<TypeParts, 'timeoutMs' | 'retries'>;

/** An action as it can be performed. Its type is known, and `with` fits it. */
export function readAction(written: WrittenAction, path: Path, surroundings: Surroundings): Part<CatalogueAction> {
  const names = Object.keys(written.parameters ?? {});
  const strange = placeholdersIn(written.with).find((name) => !isKnown(name, names));
  if (strange !== undefined) {
    const message = `Nothing is called {{${strange}}}.`;
    const remedy =
      'Use target.name, target.service, target.environment, target.kind, target.labels.…, parameters.…, incident.id or run.key.';
    return faults(fault([...path, 'with'], message, remedy));
  }
  const { canary, cost = 'low', target = 'service', retries = 2, undo, name, title, type } = written;
  const read = together({
    watchMs: timeAt(written.watch ?? '5m', [...path, 'watch'], EXAMPLES),
    canaryWatchMs: timeAt(canary?.watch ?? '2m', [...path, 'canary', 'watch'], EXAMPLES),
    timeoutMs: timeAt(written.timeout ?? '30s', [...path, 'timeout'], EXAMPLES),
    parameters: parametersOf(written, path),
  });
  return then(read, ({ watchMs, canaryWatchMs, timeoutMs, parameters }) =>
    then(performOf(written, path, { ...surroundings, timeoutMs, retries }), (perform) =>
      part({
        name,
        title,
        type,
        targetKind: target,
        parameters,
        cost,
        watchMs,
        perform,
        ...(undo === undefined ? {} : { undo: { action: undo.action, parameters: undo.parameters ?? {} } }),
        ...(canary === undefined ? {} : { canary: { instances: canary.instances, watchMs: canaryWatchMs } }),
      }),
    ),
  );
}

function performOf({ type, with: settings = {} }: WrittenAction, path: Path, parts: TypeParts): Part<PerformStep> {
  const known = actionTypes[type];
  if (known !== undefined) return known.make(settings, [...path, 'with'], parts);
  return faults(
    fault([...path, 'type'], `There is no type ${type}.`, `Use one of ${Object.keys(actionTypes).join(', ')}.`),
  );
}

function parametersOf({ parameters = {} }: WrittenAction, path: Path): Part<readonly Parameter[]> {
  return all(
    Object.entries(parameters).map(([name, written]) => parameterOf(name, written, [...path, 'parameters', name])),
  );
}

function parameterOf(name: string, written: WrittenParameter, path: Path): Part<Parameter> {
  const { type = 'text', description = '', options = [], minimum, maximum, default: byDefault } = written;
  const parameter: Parameter = {
    name,
    type,
    description,
    options,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(byDefault === undefined ? {} : { byDefault }),
  };
  const wrong = byDefault === undefined ? undefined : misfit(parameter, byDefault);
  return wrong === undefined
    ? part(parameter)
    : faults(fault([...path, 'default'], wrong, 'Write a default that fits, or none.'));
}

/** Why the value is none of the parameter's; undefined when it is. */
function misfit({ name, type, minimum, maximum, options }: Parameter, value: unknown): string | undefined {
  if (!isOfType[type](value)) return `${name} is to be of type ${type}.`;
  if (typeof value === 'number' && minimum !== undefined && value < minimum)
    return `${name} is to be ${minimum} at least.`;
  if (typeof value === 'number' && maximum !== undefined && value > maximum)
    return `${name} is to be ${maximum} at most.`;
  if (options.length > 0 && !options.includes(String(value))) return `${name} is to be one of ${options.join(', ')}.`;
  return undefined;
}

const isOfType: Readonly<Record<Parameter['type'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
};
