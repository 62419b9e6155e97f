import { type FileProblem, documentsOf, fit, placed, type YamlDocument } from '../../runtime/yaml/documents.ts';
import type { TextFile } from '../../runtime/yaml/read-yaml-files.ts';
import type { Policies } from './policies.ts';
import { policyFileSchema } from './policy-schema.ts';
import { readPolicy } from './read-policy.ts';

export interface PolicyFilesResult {
  readonly policies: Policies;
  /** How many were read. */
  readonly count: number;
  readonly problems: readonly FileProblem[];
}

/** Reads `policies:` of all files, in their order. Half of the policies is none: whoever finds problems must not use the rest. */
export function readPolicies(files: readonly TextFile[]): PolicyFilesResult {
  const read = files.flatMap(({ name, text }): readonly Read[] => {
    const parsed = documentsOf(name, text);
    return parsed.kind === 'documents' ? parsed.documents.map(readDocument) : [{ policies: [], ...parsed }];
  });
  const found = read.flatMap(({ policies }) => policies);
  return {
    policies: gathered(found),
    count: found.length,
    problems: read.flatMap(({ problems }) => problems),
  };
}

interface Read {
  readonly policies: readonly Policies[];
  readonly problems: readonly FileProblem[];
}

function readDocument(document: YamlDocument): Read {
  const fitting = fit(document, policyFileSchema);
  if (fitting.kind === 'problems') return { policies: [], problems: fitting.problems };
  const read = fitting.value.policies.map((written, index) => readPolicy(written, ['policies', index]));
  return {
    policies: read.flatMap((one) => (one.kind === 'part' ? [one.value] : [])),
    problems: read.flatMap((one) => (one.kind === 'faults' ? placed(one.faults, document) : [])),
  };
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
