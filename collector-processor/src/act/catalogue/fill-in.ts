import type { StepOrder } from './catalogue.ts';

const PLACEHOLDER = /\{\{\s*([a-z_]+(?:\.[a-zA-Z0-9_.-]+)?)\s*\}\}/g;

type Scope = Pick<StepOrder, 'key' | 'step' | 'incidentId'>;

/** The names that a value asks for, in texts at any depth. */
export function placeholdersIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(placeholdersIn);
}

/** Whether a step has something under that name, with these parameters. */
export function isKnown(name: string, parameters: readonly string[]): boolean {
  const [head = '', ...rest] = name.split('.');
  if (head === 'parameters') return parameters.includes(rest.join('.'));
  if (head === 'target' && rest[0] === 'labels') return rest.length > 1;
  return ['run.key', 'incident.id', 'target.kind', 'target.name', 'target.service', 'target.environment'].includes(
    name,
  );
}

/**
 * The text with what the step says in the place of `{{target.name}}`, `{{target.labels.zone}}`, `{{parameters.revision}}`,
 * `{{incident.id}}` and `{{run.key}}`. `escape` makes of each value what the text around it can hold.
 */
export function fillIn(text: string, scope: Scope, escape: (value: string) => string): string {
  return text.replace(PLACEHOLDER, (_found, name: string) => escape(valueOf(name, scope)));
}

function valueOf(name: string, { key, incidentId, step: { target, parameters } }: Scope): string {
  const [head = '', ...rest] = name.split('.');
  if (head === 'parameters') return textOf(parameters[rest.join('.')]);
  if (head === 'run') return key;
  if (head === 'incident') return incidentId;
  if (rest[0] === 'labels') return target.labels[rest.slice(1).join('.')] ?? '';
  const known: Readonly<Record<string, string>> = {
    kind: target.kind,
    name: target.name,
    service: target.service,
    environment: target.environment,
  };
  return known[rest.join('.')] ?? '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
