import type {
  IncidentCommand,
  IncidentDetail,
  IncidentEvent,
  IncidentPage,
  IncidentQuery,
  IncidentSummary,
} from '../../../collector-processor/src/contract/incident.ts';
import type { SimilarIncidents } from '../../../collector-processor/src/contract/incident-analytics.ts';
import { readApi, writeApi } from './client';

export type { IncidentCommand, IncidentDetail, IncidentEvent, IncidentPage, IncidentQuery, IncidentSummary };

type FactOf<Kind extends IncidentEvent['fact']['kind']> = Extract<IncidentEvent['fact'], { readonly kind: Kind }>;
export type IncidentState = IncidentSummary['state'];
export type MemberAnomaly = FactOf<'anomaly'>['anomaly'];
export type OutsideAlert = FactOf<'alert'>['alert'];
export type BudgetCrossing = FactOf<'budget'>['crossing'];
export type CauseList = FactOf<'causes'>['causes'];
export type CauseCandidate = CauseList['candidates'][number];
export type CauseEvidence = CauseCandidate['supporting'][number];
export type Task = NonNullable<IncidentDetail['tasks']>[number];
export type SimilarIncident = SimilarIncidents['items'][number];
export type CauseHeadline = NonNullable<IncidentSummary['cause']>;

/** Those that still matter: quiet ones are watched for a while before they are closed. */
export const notClosed = ['open', 'acknowledged', 'mitigated', 'watching'] as const satisfies readonly IncidentState[];

export function readIncidents(query: IncidentQuery, abortSignal?: AbortSignal): Promise<IncidentPage> {
  return readApi<IncidentPage>('/incidents', { ...query, demoted: String(query.demoted ?? false) }, abortSignal);
}

export function readIncident(id: string, abortSignal?: AbortSignal): Promise<IncidentDetail> {
  return readApi<IncidentDetail>(pathOf(id), {}, abortSignal);
}

/** Markdown. */
export function readReport(id: string, abortSignal?: AbortSignal): Promise<string> {
  return readApi<string>(`${pathOf(id)}/report`, {}, abortSignal);
}

export function commandIncident(id: string, command: IncidentCommand): Promise<IncidentSummary> {
  return writeApi<IncidentSummary>(`${pathOf(id)}/command`, command);
}

export function noteIncident(id: string, text: string): Promise<IncidentSummary> {
  return writeApi<IncidentSummary>(`${pathOf(id)}/notes`, { text });
}

export function addTask(id: string, text: string): Promise<IncidentSummary> {
  return writeApi<IncidentSummary>(`${pathOf(id)}/tasks`, { text });
}

export function changeTask(id: string, { id: task, text, done }: Task): Promise<IncidentSummary> {
  return writeApi<IncidentSummary>(`${pathOf(id)}/tasks/${encodeURIComponent(task)}`, { text, done }, 'PUT');
}

/** Earlier ones that showed the same, most alike first. */
export function readSimilar(id: string, abortSignal?: AbortSignal): Promise<SimilarIncidents> {
  return readApi<SimilarIncidents>(`${pathOf(id)}/similar`, {}, abortSignal);
}

export function mergeIncidents(id: string, incidents: readonly string[]): Promise<IncidentSummary> {
  return writeApi<IncidentSummary>(`${pathOf(id)}/merge`, { incidents });
}

export function splitIncident(id: string, anomalies: readonly string[]): Promise<IncidentSummary> {
  return writeApi<IncidentSummary>(`${pathOf(id)}/split`, { anomalies });
}

function pathOf(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}
