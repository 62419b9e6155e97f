import type { IncidentSummary } from '../../model/incident.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { AnnotationIntent } from './annotation-intent.ts';
import { annotationTags } from './annotation-tags.ts';
import { annotationText } from './annotation-text.ts';
import { incidentLink, tuningLink } from './app-link.ts';

const KEY_PREFIX = 'region:';
const INSTALLATION_DIGITS = 8;
/** Services named as tags. */
const TAGGED = 3;

export interface LookOptions {
  readonly appPath: string;
  /** Names the store: another one counts its incidents from 1 too. */
  readonly instanceId: string;
  readonly mask: Mask;
}

export function incidentKey(id: string, instanceId: string): string {
  return `${KEY_PREFIX}${instanceId.slice(0, INSTALLATION_DIGITS)}-${id}`;
}

/** The incident's id, or undefined when the record is about something else. */
export function incidentIdOf(key: string): string | undefined {
  return key.startsWith(KEY_PREFIX) ? key.slice(key.indexOf('-') + 1) : undefined;
}

/** A region for one incident, from its first odd bucket to its last: what, why, how far it reaches; two links. */
export function incidentIntent(
  incident: IncidentSummary,
  { appPath, instanceId, mask }: LookOptions,
): AnnotationIntent {
  const { id, severity, startMs, endMs, services } = incident;
  const key = incidentKey(id, instanceId);
  const end = goesOn(incident) ? {} : { endMs };
  return {
    key,
    startMs,
    ...end,
    text: annotationText({
      title: mask(headingOf(incident)),
      details: [mask(causeOf(incident)), mask(reachOf(incident))],
      links: [{ path: incidentLink(appPath, id), label: `Open incident ${id}` }, ...expectedLink(incident, appPath)],
    }),
    tags: annotationTags(
      ['sentinel:incident', `incident:${id}`, `severity:${severity}`],
      services.slice(0, TAGGED).map(mask),
      key,
    ),
  };
}

/** Whether the region is still open. */
export function goesOn({ state, firing }: IncidentSummary): boolean {
  return state !== 'closed' && firing > 0;
}

/** What is worth an edit; a count that has grown is not. */
export function newsOf(incident: IncidentSummary): string {
  const { state, owner, mergedInto } = incident;
  return [headingOf(incident), causeOf(incident), state, owner, goesOn(incident), mergedInto].join('\n');
}

function headingOf({ severity, title, lead }: IncidentSummary): string {
  return `${capital(severity)}: ${lead === undefined || lead.sentence === '' ? title : lead.sentence}`;
}

function causeOf({ cause, candidates }: IncidentSummary): string {
  if (cause?.verdict === 'supported') {
    const at = cause.atMs === undefined ? '' : `, ${new Date(cause.atMs).toISOString().slice(11, 19)} UTC`;
    const sure = cause.confidence === '' ? '' : `, ${cause.confidence} confidence`;
    return `Likely cause: ${cause.title}${at} (supported${sure})`;
  }
  if (candidates === undefined || candidates === 0) return '';
  return `No cause decided, ${counted(candidates, 'candidate')}`;
}

function reachOf({ services, anomalies, state, owner }: IncidentSummary): string {
  const by = owner === '' ? '' : ` by ${owner}`;
  const told = { open: '', acknowledged: `acknowledged${by}`, mitigated: 'mitigated', watching: 'watching' };
  const parts = [counted(services.length, 'service'), counted(anomalies, 'anomaly')];
  return [...parts, state === 'closed' ? 'closed' : told[state]].filter((part) => part !== '').join(', ');
}

function expectedLink({ lead, startMs, endMs }: IncidentSummary, appPath: string) {
  if (lead === undefined) return [];
  return [{ path: tuningLink(appPath, { seriesId: lead.seriesId, startMs, endMs }), label: 'Expected' }];
}

function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${String(count)} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
