import type { CauseCandidate } from '../../model/cause.ts';
import type { Impact, IncidentEvent, IncidentSummary } from '../../model/incident.ts';
import { formatDuration, formatShare } from '../../model/units.ts';

/** Something that is known of an incident, under a name that a claim may cite. */
export interface Evidence {
  readonly ref: string;
  readonly sentence: string;
}

const MOST_FINDINGS = 15;
const MOST_CHANGES = 5;
const MOST_CAUSES = 5;
const NANOSECONDS = 1e6;

/** What may be told of an incident: all of it was masked when it was found. */
export function numberedEvidence(
  incident: IncidentSummary,
  timeline: readonly IncidentEvent[],
  nowMs: number,
): readonly Evidence[] {
  const sentences = [
    overview(incident, nowMs),
    ...harm(incident.impact),
    ...causesOf(timeline).slice(0, MOST_CAUSES).flatMap(causeSentences),
    ...findings(timeline).slice(0, MOST_FINDINGS),
    ...changes(timeline).slice(0, MOST_CHANGES),
  ];
  return [...new Set(sentences)].map((sentence, index) => ({ ref: `E${index + 1}`, sentence }));
}

function overview(
  { title, severity, state, services, startMs, endMs, firing }: IncidentSummary,
  nowMs: number,
): string {
  const lasts = formatDuration(((firing > 0 ? nowMs : endMs) - startMs) * NANOSECONDS);
  const goesOn = firing > 0 ? 'goes on' : 'is over';
  return `${title}: ${severity}, ${state}, hits ${services.join(', ')}, has lasted ${lasts} and ${goesOn}.`;
}

function harm(impact: Impact | undefined): readonly string[] {
  const [worst] = impact?.services ?? [];
  const budgets = (impact?.budgets ?? []).map(
    ({ id, share }) => `It took ${formatShare(share)} of the error budget of ${id}.`,
  );
  if (worst === undefined) return budgets;
  const { service, requests, failed, slow } = worst;
  const [all, bad, late] = [requests, failed, slow].map((count) => String(Math.round(count)));
  return [
    `Of ${all ?? ''} requests to ${service} ${bad ?? ''} failed and at least ${late ?? ''} were slow.`,
    ...budgets,
  ];
}

function causesOf(timeline: readonly IncidentEvent[]): readonly CauseCandidate[] {
  const fact = timeline.findLast((event) => event.fact.kind === 'causes')?.fact;
  return fact?.kind === 'causes' ? fact.causes.candidates : [];
}

function causeSentences({ title, kind, verdict, confidence, ...evidence }: CauseCandidate, place: number): string[] {
  const sure = confidence === '' ? verdict : `${verdict} with ${confidence} confidence`;
  return [
    `Possible cause ${place + 1}: ${title} (${kind}), ${sure}.`,
    ...evidence.supporting.map(({ sentence }) => `For ${title}: ${sentence}`),
    ...evidence.contradicting.map(({ sentence }) => `Against ${title}: ${sentence}`),
  ];
}

function findings(timeline: readonly IncidentEvent[]): readonly string[] {
  return timeline.flatMap(({ fact }) => (fact.kind === 'anomaly' ? [fact.anomaly.sentence] : []));
}

function changes(timeline: readonly IncidentEvent[]): readonly string[] {
  return timeline.flatMap(({ fact }) => {
    if (fact.kind !== 'change') return [];
    const { kind, service, from, to, timeMs } = fact.change;
    return [
      `${kind} of ${service} from ${from === '' ? 'unknown' : from} to ${to} at ${new Date(timeMs).toISOString()}.`,
    ];
  });
}
