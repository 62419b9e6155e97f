import { createHash } from 'node:crypto';

export type Group = Readonly<Record<string, string>>;

/** Between an objective's id and the group; neither names nor services of objectives hold it. */
const APART = ':';

/** By which the store knows a budget: objective and labels can be read from it. */
export function budgetKey(objectiveId: string, group: Group): string {
  const labels = sorted(group);
  return labels.length === 0 ? objectiveId : `${objectiveId}${APART}${JSON.stringify(Object.fromEntries(labels))}`;
}

/** The group of a key, when it is of that objective. */
export function groupOfKey(key: string, objectiveId: string): Group | undefined {
  if (key === objectiveId) return {};
  const head = `${objectiveId}${APART}`;
  return key.startsWith(`${head}{`) ? (JSON.parse(key.slice(head.length)) as Group) : undefined;
}

/** For addresses and people: `search-errors:region=eu`; labels that do not fit into an address become a hash. */
export function budgetId(objectiveId: string, group: Group): string {
  const labels = sorted(group);
  if (labels.length === 0) return objectiveId;
  const text = labels.map(([name, value]) => `${name}=${value}`).join(',');
  const plain = /^[\w.,=-]{1,100}$/.test(text) && labels.every(([, value]) => !/[,=]/.test(value));
  return `${objectiveId}${APART}${plain ? text : createHash('sha256').update(JSON.stringify(labels)).digest('hex').slice(0, 16)}`;
}

function sorted(group: Group): [string, string][] {
  return Object.entries(group).sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
}
