import type { CauseCandidate } from '../model/cause.ts';
import type { Impact, IncidentEvent, IncidentFact, IncidentSummary } from '../model/incident.ts';
import { formatDuration, formatShare } from '../model/units.ts';
import { inline, time } from './markdown.ts';

/** Findings of the timeline that are told one by one. */
const MOST_FINDINGS = 30;

/** A report in Markdown for the time after an incident: what, how long, why, what was done, minute by minute. */
export function incidentReport(incident: IncidentSummary, timeline: readonly IncidentEvent[]): string {
  const { id, title, severity, state, startMs, endMs, openedAtMs, services, anomalies, owner, firing } = incident;
  const acknowledged = timeline.find(({ fact }) => fact.kind === 'state' && fact.state === 'acknowledged');
  const over = timeline.findLast(
    ({ fact }) => fact.kind === 'state' && (fact.state === 'watching' || fact.state === 'closed'),
  );
  const rows = [
    ['Severity', severity],
    ['State', owner === '' ? state : `${state}, ${owner}`],
    ['First odd moment', time(startMs)],
    ['Last odd moment', firing > 0 ? 'still going on' : time(endMs)],
    ['Found after', spell(openedAtMs - startMs)],
    ['Acknowledged after', acknowledged === undefined ? 'not acknowledged' : spell(acknowledged.atMs - openedAtMs)],
    ['Recovered after', firing > 0 || over === undefined ? 'not yet' : spell(Math.max(0, endMs - startMs))],
    ['Services', services.map(inline).join(', ')],
    ['Anomalies', String(anomalies)],
    ['Requests harmed', harmedText(incident.impact)],
    ['Users or sessions with failures', visitorsText(incident.impact)],
    ['Error budget spent', budgetsText(incident.impact)],
  ];
  const causes = timeline.findLast(({ fact }) => fact.kind === 'causes')?.fact;
  return [
    `# Incident ${id}: ${inline(title)}\n`,
    'Times are UTC.\n',
    `| | |\n| --- | --- |\n${rows.map(([name = '', value = '']) => `| ${name} | ${value} |`).join('\n')}\n`,
    `## Causes\n\n${causes?.kind === 'causes' ? causesText(causes.causes.candidates) : 'None was ranked.\n'}`,
    `## What was done\n\n${list(
      timeline.filter(({ actor }) => actor !== ''),
      'Nothing by a person.',
    )}`,
    `## Timeline\n\n${list(foremost(timeline), 'Empty.')}`,
  ].join('\n');
}

function harmedText(impact: Impact | undefined): string {
  const [worst] = impact?.services ?? [];
  if (worst === undefined) return 'None known';
  const { service, requests, failed, slow } = worst;
  return `${inline(service)}: ${whole(failed)} failed, at least ${whole(slow)} slow, of ${whole(requests)}`;
}

function visitorsText(impact: Impact | undefined): string {
  return impact === undefined || impact.visitors === 0 ? 'None known' : whole(impact.visitors);
}

function budgetsText(impact: Impact | undefined): string {
  const budgets = impact?.budgets ?? [];
  if (budgets.length === 0) return 'No objective measured';
  return budgets.map(({ id, share }) => `${inline(id)}: ${formatShare(share)}`).join(', ');
}

function whole(count: number): string {
  return String(Math.round(count));
}

function causesText(candidates: readonly CauseCandidate[]): string {
  if (candidates.length === 0) return 'No cause decided.\n';
  return candidates
    .map(({ kind, title, verdict, confidence, supporting, contradicting, missing }, place) => {
      const sure = confidence === '' ? verdict : `${verdict}, ${confidence} confidence`;
      const lines = [
        ...supporting.map(({ sentence }) => `   - for: ${inline(sentence)}`),
        ...contradicting.map(({ sentence }) => `   - against: ${inline(sentence)}`),
        ...missing.map((what) => `   - not known: ${inline(what)}`),
      ];
      return [`${String(place + 1)}. **${inline(title)}**: ${kind} (${sure})`, ...lines].join('\n');
    })
    .join('\n')
    .concat('\n');
}

/** All but the findings beyond a bound, of which a storm has thousands. */
function foremost(timeline: readonly IncidentEvent[]): readonly IncidentEvent[] {
  let findings = 0;
  return timeline.filter(({ fact }) => fact.kind !== 'anomaly' || findings++ < MOST_FINDINGS);
}

function list(events: readonly IncidentEvent[], otherwise: string): string {
  if (events.length === 0) return `${otherwise}\n`;
  return `${events.map(({ atMs, actor, fact }) => `- ${time(atMs)} ${actor === '' ? '' : `${inline(actor)}: `}${tell(fact)}`).join('\n')}\n`;
}

type Teller = { readonly [Kind in IncidentFact['kind']]: (fact: Extract<IncidentFact, { kind: Kind }>) => string };

const tellers: Teller = {
  opened: () => 'Opened.',
  anomaly: ({ anomaly }) => `${anomaly.state === 'closed' ? 'Ended: ' : ''}${inline(anomaly.sentence)}`,
  change: ({ change }) =>
    `Change: ${change.kind} of ${inline(change.service)} ${inline(change.from)} to ${inline(change.to)}`,
  alert: ({ alert }) =>
    `Alert ${inline(alert.name)} of ${inline(alert.service)}${alert.endMs === undefined ? '' : ' ended'}`,
  state: ({ state, reason }) => `${capital(state)}${reason === '' ? '.' : `: ${inline(reason)}`}`,
  owner: ({ owner }) => `Owner: ${owner === '' ? 'nobody' : inline(owner)}`,
  note: ({ text }) => `Note: ${inline(text)}`,
  task: ({ task }) => `Task ${task.done ? 'done' : 'added'}: ${inline(task.text)}`,
  demoted: ({ reason }) => `Demoted: ${inline(reason)}`,
  budget: ({ crossing: { title, from, to } }) => `Error budget of ${inline(title)}: ${from} to ${to}`,
  promoted: ({ reason }) => `Back in the list: ${inline(reason)}`,
  impact: ({ impact }) => `Harm: ${harmedText(impact)}; error budget spent: ${budgetsText(impact)}.`,
  causes: ({ causes: { candidates } }) =>
    candidates[0] === undefined
      ? 'No cause decided.'
      : `First cause: ${inline(candidates[0].title)} (${candidates[0].kind}, ${candidates[0].verdict})`,
  merged: ({ from, anomalies }) => `${String(anomalies.length)} anomalies of incident ${from} came here.`,
  'merged-into': ({ into }) => `Merged into incident ${into}.`,
  split: ({ into, anomalyIds }) => `${String(anomalyIds.length)} anomalies left to incident ${into}.`,
};

function tell(fact: IncidentFact): string {
  const teller = tellers[fact.kind] as (fact: IncidentFact) => string;
  return teller(fact);
}

function spell(ms: number): string {
  return formatDuration(Math.max(0, ms) * 1e6);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
