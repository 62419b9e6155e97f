import { Type } from 'typebox';
import {
  documentsOf,
  type FileProblem,
  fit,
  fitPart,
  lineOf,
  placed,
  type YamlDocument,
} from '../../runtime/yaml/documents.ts';
import type { TextFile } from '../../runtime/yaml/read-yaml-files.ts';
import { closed } from '../../runtime/yaml/schema-parts.ts';
import { faultsOf, valuesOf } from '../../runtime/yaml/understood.ts';
import { actionSchema } from '../catalogue/action-schema.ts';
import type { CatalogueAction } from '../catalogue/catalogue.ts';
import { readAction, type Surroundings } from '../catalogue/read-action.ts';
import type { Policies } from '../policy/policies.ts';
import { policySchema } from '../policy/policy-schema.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { actionTypes } from '../types/action-types.ts';

const fileSchema = Type.Object(
  {
    version: Type.Enum(['sentinel/v1']),
    actions: Type.Optional(Type.Array(actionSchema)),
    policies: Type.Optional(Type.Array(policySchema)),
  },
  closed,
);

interface PlacedAction extends CatalogueAction {
  readonly file: string;
  readonly line: number;
}

interface Read {
  readonly actions: readonly PlacedAction[];
  readonly policies: readonly Policies[];
  readonly problems: readonly FileProblem[];
}

export interface ActFiles {
  readonly actions: readonly CatalogueAction[];
  readonly policies: Policies;
  readonly policyCount: number;
  readonly problems: readonly FileProblem[];
}

/** Reads `actions:` and `policies:` of all files, in their order. Half of the policies is none: whoever finds problems must not use the rest. */
export function readActFiles(files: readonly TextFile[], surroundings: Surroundings): ActFiles {
  const read = files.flatMap(({ name, text }): readonly Read[] => {
    const parsed = documentsOf(name, text);
    if (parsed.kind === 'invalid') return [{ actions: [], policies: [], ...parsed }];
    return parsed.documents.map((document) => readDocument(document, surroundings));
  });
  const actions = read.flatMap((one) => one.actions);
  const policies = read.flatMap((one) => one.policies);
  const problems = [...read.flatMap((one) => one.problems), ...unfitTogether(actions)];
  return { actions, policies: gathered(policies), policyCount: policies.length, problems };
}

function readDocument(document: YamlDocument, surroundings: Surroundings): Read {
  const fitting = fit(document, fileSchema);
  if (fitting.kind === 'problems') return { actions: [], policies: [], problems: fitting.problems };
  const { actions = [], policies = [] } = fitting.value;
  const strange = actions.flatMap(({ type, with: settings = {} }, index) => {
    const known = actionTypes[type];
    return known === undefined
      ? []
      : fitPart(document, { path: ['actions', index, 'with'], value: settings, schema: known.schema });
  });
  if (strange.length > 0) return { actions: [], policies: [], problems: strange };
  const readActions = actions.map((written, index) => readAction(written, ['actions', index], surroundings));
  const readPolicies = policies.map((written, index) => readPolicy(written, ['policies', index]));
  const faults = faultsOf([...readActions, ...readPolicies]);
  const placedActions = readActions.flatMap((one, index): readonly PlacedAction[] => {
    if (one.kind === 'faults') return [];
    return [{ ...one.value, file: document.file, line: lineOf(['actions', index, 'name'], document) }];
  });
  return { actions: placedActions, policies: valuesOf(readPolicies), problems: placed(faults, document) };
}

/** Two of one name, and what is to be taken back by an action that is not there. */
function unfitTogether(actions: readonly PlacedAction[]): readonly FileProblem[] {
  const names = actions.map(({ name }) => name);
  return actions.flatMap(({ name, undo, file, line }, index) => {
    const told = (message: string, remedy: string) => [{ file, line, column: 1, path: '', message, remedy }];
    if (names.indexOf(name) < index)
      return told(`There is an action ${name} already.`, 'Give one of them another name.');
    if (undo === undefined || names.includes(undo.action)) return [];
    return told(`${name} is undone by ${undo.action}, which is no action.`, 'Add it, or name another.');
  });
}

function gathered(found: readonly Policies[]): Policies {
  return {
    rungs: found.flatMap(({ rungs }) => rungs),
    confidence: found.flatMap(({ confidence }) => confidence),
    blastRadius: found.flatMap(({ blastRadius }) => blastRadius),
    coolDowns: found.flatMap(({ coolDowns }) => coolDowns),
    rates: found.flatMap(({ rates }) => rates),
    concurrency: found.flatMap(({ concurrency }) => concurrency),
    canaries: found.flatMap(({ canaries }) => canaries),
    approvals: found.flatMap(({ approvals }) => approvals),
  };
}
