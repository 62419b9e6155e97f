import type { PlacedObjective } from '../../model/slo.ts';
import {
  documentsOf,
  type FileProblem,
  fit,
  type Fitting,
  lineOf,
  placed,
  type YamlDocument,
} from '../../runtime/yaml/documents.ts';
import type { TextFile } from '../../runtime/yaml/read-yaml-files.ts';
import type { Found } from './found.ts';
import { collectOpenSlo } from './openslo-collect.ts';
import { ownSchema } from './own-schema.ts';
import { readOwn } from './own.ts';
import { pyrraSchema } from './pyrra-schema.ts';
import { readPyrra } from './pyrra.ts';
import { slothClusterSchema, slothFileSchema } from './sloth-schema.ts';
import { readSlothCluster, readSlothFile } from './sloth.ts';

export interface SloFilesResult {
  /** What could be read, also beside problems. */
  readonly objectives: readonly PlacedObjective[];
  readonly problems: readonly FileProblem[];
}

type Read = { readonly found: Found } | { readonly problems: readonly FileProblem[] };

/** Reads OpenSLO v1, Sloth, Pyrra and the own form, told apart by what each document says of itself. */
export function readSloFiles(files: readonly TextFile[]): SloFilesResult {
  const parsed = files.map(({ name, text }) => documentsOf(name, text));
  const documents = parsed.flatMap((one) => (one.kind === 'documents' ? one.documents : []));
  const openSlo = collectOpenSlo(documents.filter(isOpenSlo));
  const read = documents.map((document) => ({
    document,
    outcome: isOpenSlo(document) ? openSlo.read(document) : readOther(document),
  }));
  const objectives = read.flatMap(({ document, outcome }) =>
    'found' in outcome ? outcome.found.objectives.map((one) => withPlace(one, document)) : [],
  );
  const problems = [
    ...parsed.flatMap((one) => (one.kind === 'invalid' ? one.problems : [])),
    ...read.flatMap(({ document, outcome }) =>
      'found' in outcome ? placed(outcome.found.faults, document) : outcome.problems,
    ),
  ];
  return { objectives, problems: [...problems, ...twice(objectives)] };
}

function withPlace({ path, ...objective }: Found['objectives'][number], document: YamlDocument): PlacedObjective {
  return { ...objective, place: { file: document.file, line: lineOf(path, document) } };
}

function isOpenSlo({ value }: YamlDocument): boolean {
  return textAt(value, 'apiVersion').startsWith('openslo/');
}

function readOther(document: YamlDocument): Read {
  const apiVersion = textAt(document.value, 'apiVersion');
  const version = textAt(document.value, 'version');
  if (version.startsWith('sentinel/')) return understood(fit(document, ownSchema), readOwn);
  if (version.startsWith('prometheus/')) return understood(fit(document, slothFileSchema), readSlothFile);
  if (apiVersion.startsWith('sloth.slok.dev/')) return understood(fit(document, slothClusterSchema), readSlothCluster);
  if (apiVersion.startsWith('pyrra.dev/')) return understood(fit(document, pyrraSchema), readPyrra);
  const message = 'This is no document with objectives: neither its version nor its apiVersion is known.';
  const remedy = 'Begin it with version: sentinel/v1, or apiVersion: openslo/v1, or with what Sloth or Pyrra write.';
  const [problem] = placed([{ paths: [[apiVersion === '' ? 'version' : 'apiVersion']], message, remedy }], document);
  return { problems: problem === undefined ? [] : [problem] };
}

function understood<Value>(fitting: Fitting<Value>, read: (value: Value) => Found): Read {
  return fitting.kind === 'value' ? { found: read(fitting.value) } : { problems: fitting.problems };
}

function textAt(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const text = (value as Readonly<Record<string, unknown>>)[name];
  return typeof text === 'string' ? text : '';
}

/** Two of one name would write the same series. */
function twice(objectives: readonly PlacedObjective[]): FileProblem[] {
  const first = new Map<string, PlacedObjective>();
  return objectives.flatMap((objective) => {
    const { service, name, place } = objective;
    const known = first.get(`${service}/${name}`);
    first.set(`${service}/${name}`, known ?? objective);
    if (known === undefined) return [];
    const message = `${service} has an SLO ${name} already, in ${known.place.file}:${known.place.line}.`;
    return [
      { file: place.file, line: place.line, column: 1, path: '', message, remedy: 'Give one of them another name.' },
    ];
  });
}
