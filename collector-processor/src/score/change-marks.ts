import type { Change } from '../model/anomaly.ts';
import type { Resource } from '../model/resource.ts';

/** Resource attributes whose values tell of changes: whole names, or the beginning of names when they end in a dot. */
export interface ChangeMarks {
  readonly image: readonly string[];
  readonly configuration: readonly string[];
  readonly flags: readonly string[];
}

export interface Mark {
  readonly kind: Change['kind'];
  readonly name: string;
  readonly value: string;
}

/** Marks of one service; a sender that makes up names makes no more. */
const MOST = 50;
export type MarksOf = (resource: Resource) => readonly Mark[];

/** Of a resource, which is one object as long as it is sent. */
export function createMarks({ image, configuration, flags }: ChangeMarks): MarksOf {
  const known = new WeakMap<Resource, readonly Mark[]>();
  return (resource) => {
    const found = known.get(resource);
    if (found !== undefined) return found;
    const all = [
      // One image has several names; the first that is there stands for it.
      ...matching(resource, image, 'deploy').slice(0, 1),
      ...matching(resource, configuration, 'configuration'),
      ...matching(resource, flags, 'flag'),
    ].slice(0, MOST);
    known.set(resource, all);
    return all;
  };
}

function matching({ attributes }: Resource, names: readonly string[], kind: Change['kind']): Mark[] {
  return names.flatMap((name) =>
    name.endsWith('.')
      ? [...attributes].flatMap(([own, value]) =>
          own.startsWith(name) && value !== '' ? [{ kind, name: own.slice(name.length), value }] : [],
        )
      : (attributes.get(name) ?? '') === ''
        ? []
        : [{ kind, name, value: attributes.get(name) ?? '' }],
  );
}
