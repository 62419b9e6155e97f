import { type FileProblem, fit, placed, type YamlDocument } from '../../runtime/yaml/documents.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';
import { fault } from '../../runtime/yaml/understood.ts';
import type { Found } from './found.ts';
import { readIndicator } from './openslo-indicator.ts';
import type { OpenSloNames } from './openslo-names.ts';
import {
  type OpenSlo,
  type OpenSloCondition,
  type OpenSloIndicator,
  type OpenSloKind,
  type OpenSloPolicy,
  openSloSchemas,
} from './openslo-schema.ts';
import { readOpenSlo } from './openslo.ts';

type Outcome = { readonly found: Found } | { readonly problems: readonly FileProblem[] };

interface Known {
  readonly document: YamlDocument;
  readonly kind: OpenSloKind;
  readonly name: string;
  readonly spec: unknown;
}

/** OpenSLO documents refer to each other by name, over all files: all are read before the first one is understood. */
export function collectOpenSlo(documents: readonly YamlDocument[]): { read(document: YamlDocument): Outcome } {
  const known: Known[] = [];
  const outcomes = new Map<YamlDocument, Outcome>();
  for (const document of documents) {
    const one = recognised(document);
    if ('problems' in one) outcomes.set(document, one);
    else known.push(one);
  }
  const { names, ofIndicators } = namesIn(known);
  for (const { document, kind } of known) {
    if (kind === 'SLO') outcomes.set(document, { found: readOpenSlo(document.value as OpenSlo, names) });
  }
  return {
    read: (document) =>
      outcomes.get(document) ?? { found: { objectives: [], faults: ofIndicators.get(document) ?? [] } },
  };
}

function recognised(document: YamlDocument): Known | { readonly problems: readonly FileProblem[] } {
  const kind = kindOf(document);
  if (typeof kind !== 'string') return { problems: placed([kind], document) };
  const fitting = fit(document, openSloSchemas[kind]);
  if (fitting.kind === 'problems') return fitting;
  return { document, kind, name: fitting.value.metadata.name, spec: fitting.value.spec };
}

/** What can be referred to, and the faults of SLIs, which are told where those stand. */
function namesIn(known: readonly Known[]): {
  readonly names: OpenSloNames;
  readonly ofIndicators: ReadonlyMap<YamlDocument, readonly SettingFault[]>;
} {
  const specOf = (kind: OpenSloKind, name: string) => known.find((one) => one.kind === kind && one.name === name)?.spec;
  const sourceType = (name: string) => (specOf('DataSource', name) as { readonly type: string } | undefined)?.type;
  const indicators = known
    .filter(({ kind }) => kind === 'SLI')
    .map(({ name, document, spec }) => {
      const measured = readIndicator(spec as OpenSloIndicator, { path: ['spec'], typeOf: sourceType });
      return { name, document, measured };
    });
  const names: OpenSloNames = {
    indicator: (name) => indicators.find((one) => one.name === name && one.measured.kind === 'part')?.measured,
    sourceType,
    policy: (name) => specOf('AlertPolicy', name) as OpenSloPolicy | undefined,
    condition: (name) => specOf('AlertCondition', name) as OpenSloCondition | undefined,
  };
  const wrong = indicators.flatMap(({ document, measured }) =>
    measured.kind === 'faults' ? [[document, measured.faults] as const] : [],
  );
  return { names, ofIndicators: new Map(wrong) };
}

function kindOf({ value }: YamlDocument): OpenSloKind | SettingFault {
  const { apiVersion, kind } = value as { readonly apiVersion?: unknown; readonly kind?: unknown };
  if (apiVersion !== 'openslo/v1') {
    return fault(['apiVersion'], `${String(apiVersion)} is not read.`, 'Bring the document to openslo/v1.');
  }
  const known = Object.keys(openSloSchemas) as OpenSloKind[];
  const message = `OpenSLO v1 has no document of the kind ${String(kind)}.`;
  return known.find((one) => one === kind) ?? fault(['kind'], message, `Kinds: ${known.join(', ')}.`);
}
