import type { DeskAnswer, Opinion } from '../../api/feedback-desk.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import { titleOf } from '../../score/finding-sentence.ts';
import { type Proposal, proposeForExpected, proposeForMissed } from '../../score/tuning/propose-tuning.ts';
import type { Store } from '../../store/create-store.ts';
import { combinedScores, type KnownSeries, type ScoreSources } from './combined-scores.ts';

export interface ProposalSources {
  readonly anomalies: Pick<Store['anomalies'], 'get' | 'list'>;
  readonly watched: (seriesId: string) => KnownSeries | undefined;
  readonly scores: ScoreSources;
}

export interface Subject {
  readonly proposal: Proposal;
  readonly about: KnownSeries;
  readonly anomalyId?: string;
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Findings of the same series that tell whether it is a habit. */
const EARLIER = 50;

/** What an opinion is about, and the rule that follows from it. */
export async function proposalFor(
  { verdict, about }: Opinion,
  sources: ProposalSources,
): Promise<Subject | Exclude<DeskAnswer<never>, { kind: 'done' }>> {
  if ('anomalyId' in about) {
    const { anomalyId } = about;
    const anomaly = await sources.anomalies.get(anomalyId);
    if (anomaly === undefined) return { kind: 'unknown', message: `There is no anomaly ${anomalyId}.` };
    const { series, stepMs, startMs: fromMs, endMs: toMs } = anomaly;
    const subject = { about: { series, stepMs }, anomalyId, title: anomaly.sentence, fromMs, toMs };
    if (verdict === 'missed') return { ...subject, proposal: await forMissed(subject, sources) };
    return { ...subject, proposal: proposeForExpected(anomaly, await earlierOf(anomaly, sources)) };
  }
  const { seriesId, fromMs, toMs } = about;
  const known = sources.watched(seriesId);
  if (known === undefined) return { kind: 'unknown', message: `There is no series ${seriesId}.` };
  if (verdict === 'expected')
    return { kind: 'invalid', message: 'What is expected is a finding: name it as `anomaly`.' };
  const subject = { about: known, title: titleOf(known.series), fromMs, toMs };
  return { ...subject, proposal: await forMissed(subject, sources) };
}

async function forMissed(subject: Omit<Subject, 'proposal'>, { scores }: ProposalSources): Promise<Proposal> {
  const { about, fromMs, toMs } = subject;
  const { tenant, id: seriesId } = about.series;
  const { stored } = await combinedScores(scores, { tenant, seriesId }, about);
  const steps = stored.flatMap(({ steps: all }) => all).filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
  return proposeForMissed(about.series, steps);
}

async function earlierOf(anomaly: Anomaly, { anomalies }: ProposalSources): Promise<readonly Anomaly[]> {
  const { tenant, id: seriesId } = anomaly.series;
  const page = await anomalies.list({ filter: { tenant, seriesId }, sort: '-startMs', limit: EARLIER });
  return page.items;
}
