import type { Author, DeskAnswer, FeedbackDesk, Opinion } from '../../api/feedback-desk.ts';
import type { Feedback, Tuning, TuningEffect, TuningVersion } from '../../model/tuning.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { findingsEffect } from '../../score/tuning/findings-effect.ts';
import { withRule } from '../../score/tuning/matches.ts';
import { tuningEffect } from '../../score/tuning/tuning-effect.ts';
import type { Store } from '../../store/create-store.ts';
import { combinedScores, type KnownSeries, type ScoreSources } from './combined-scores.ts';
import { faultOf, isTriedOnFindings } from './new-rules.ts';
import { proposalFor, type ProposalSources } from './proposal-for.ts';
import { shipped, type TuningSync } from './tuning-sync.ts';
import { MAX_TRIES, type VersionMaker } from './version-maker.ts';

export interface FeedbackDeskParts {
  readonly options: { readonly maxRules: number };
  readonly store: Pick<Store, 'anomalies' | 'feedback' | 'tunings'>;
  readonly scores: ScoreSources;
  readonly watched: ProposalSources['watched'];
  readonly pageScore: () => number;
  readonly sync: TuningSync;
  readonly nowMs: () => number;
  readonly versions: VersionMaker;
  readonly metrics: SelfMetrics;
}

/** Newest findings of a service that a rule is tried on. */
const MAX_FINDINGS = 500;
type Refused = Exclude<DeskAnswer<never>, { kind: 'done' }>;

/** Feedback from its proposal to the rule that comes of it; every step is kept with who took it and when. */
export function createFeedbackDesk(parts: FeedbackDeskParts): FeedbackDesk {
  const { options, store, scores, watched, pageScore, sync, versions, nowMs, metrics } = parts;
  const sources: ProposalSources = { anomalies: store.anomalies, watched, scores };
  const counted = (what: string) =>
    metrics.counter({ name: 'sentinel_feedback_total', help: 'Feedback by what was done.', labels: { what } });
  const counters = { given: counted('given'), edited: counted('edited'), accepted: counted('accepted') };
  const others = { rejected: counted('rejected'), rolledBack: counted('rolled_back') };

  async function effectOf(rule: Tuning, known: KnownSeries): Promise<TuningEffect> {
    const { rules: before } = await sync.read();
    const after = withRule(before, rule);
    if (isTriedOnFindings(rule, known.series)) {
      const { tenant, service } = known.series;
      const filter = { tenant, services: [service] };
      const { items: findings } = await store.anomalies.list({ filter, sort: '-startMs', limit: MAX_FINDINGS });
      return findingsEffect({ before, after, findings, pageScore: pageScore() });
    }
    const { stored, leftOut: seriesLeftOut } = await combinedScores(scores, rule.scope, known);
    return tuningEffect({ before, after, stored, seriesLeftOut, pageScore: pageScore() });
  }

  async function give(opinion: Opinion, author: Author): ReturnType<FeedbackDesk['give']> {
    const { id, verdict, note } = opinion;
    const known = await store.feedback.get(id);
    if (known !== undefined) return isSame(known, opinion) ? done({ isNew: false, feedback: known }) : otherUnder(id);
    const subject = await proposalFor(opinion, sources);
    if ('message' in subject) return subject;
    const { proposal, about, anomalyId, title, fromMs, toMs } = subject;
    const { isNew, feedback } = await store.feedback.give({
      ...{ id, verdict, state: 'proposed', note, title, fromMs, toMs, seriesId: about.series.id },
      ...(anomalyId === undefined ? {} : { anomalyId }),
      ...proposal,
      effect: await effectOf(proposal.rule, about),
      ...{ createdAtMs: nowMs(), ...author },
    });
    if (!isNew && !isSame(feedback, opinion)) return otherUnder(id);
    counters.given.add(1);
    return done({ isNew, feedback });
  }

  async function proposed(id: string): Promise<Feedback | Refused> {
    const known = await store.feedback.get(id);
    if (known === undefined) return { kind: 'unknown', message: `There is no feedback ${id}.` };
    return known.state === 'proposed' ? known : decided(known);
  }

  async function edit(id: string, rule: Tuning, { by }: Author): Promise<DeskAnswer<Feedback>> {
    const known = await proposed(id);
    if ('kind' in known) return known;
    const about = await knownSeries(known);
    const message = faultOf(rule, known.rule.scope.tenant, about?.series.measure);
    if (message !== undefined) return { kind: 'invalid', message };
    const effect = about === undefined ? known.effect : await effectOf(rule, about);
    const edited: Feedback = { ...known, rule, effect, editedAtMs: nowMs(), editedBy: by };
    if (!(await store.feedback.replaceProposed(edited))) return decided(known);
    counters.edited.add(1);
    return done(edited);
  }

  async function knownSeries({ seriesId, anomalyId = '' }: Feedback): Promise<KnownSeries | undefined> {
    const live = watched(seriesId);
    if (live !== undefined) return live;
    const anomaly = await store.anomalies.get(anomalyId);
    return anomaly === undefined ? undefined : { series: anomaly.series, stepMs: anomaly.stepMs };
  }

  async function accept(id: string, author: Author): Promise<DeskAnswer<Feedback>> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const known = await store.feedback.get(id);
      if (known?.state === 'accepted') return done(known);
      const open = await proposed(id);
      if ('kind' in open) return open;
      const newest = await sync.read();
      const rules = withRule(newest.rules, open.rule);
      if (rules.length > options.maxRules) return tooMany(options.maxRules);
      const version = newest.version + 1;
      const accepted: Feedback = { ...open, state: 'accepted', decidedAtMs: nowMs(), decidedBy: author.by, version };
      const why = `${open.verdict === 'expected' ? 'Expected' : 'Missed'}: ${open.title}`;
      const next = { ...newest, version, rules, atMs: nowMs(), ...author, why, feedbackId: id };
      const outcome = await store.feedback.accept(accepted, next);
      if (outcome !== 'accepted') continue;
      await versions.made(next);
      counters.accepted.add(1);
      return done(accepted);
    }
    return overtaken;
  }

  async function reject(id: string, { by }: Author): Promise<DeskAnswer<Feedback>> {
    const known = await store.feedback.get(id);
    if (known?.state === 'rejected') return done(known);
    const open = await proposed(id);
    if ('kind' in open) return open;
    const rejected: Feedback = { ...open, state: 'rejected', decidedAtMs: nowMs(), decidedBy: by };
    if (!(await store.feedback.replaceProposed(rejected))) return decided(open);
    others.rejected.add(1);
    return done(rejected);
  }

  async function rollBack(version: number, why: string, author: Author): Promise<DeskAnswer<TuningVersion>> {
    const earlier = version === shipped.version ? shipped : await store.tunings.get(version);
    if (earlier === undefined) return { kind: 'unknown', message: `There is no version ${version}.` };
    const reason = [`Back to version ${version}.`, why].filter((part) => part !== '').join(' ');
    const outcome = await versions.add(() => earlier, { ...author, why: reason });
    if (outcome === 'overtaken') return overtaken;
    if (outcome.isNew) others.rolledBack.add(1);
    return done(outcome.version);
  }

  return { give, edit, accept, reject, rollBack, acting: () => sync.acting() };
}

export const overtaken: Refused = { kind: 'conflict', message: 'Others change the rules at the same time; try again.' };

function done<Value>(value: Value): { readonly kind: 'done'; readonly value: Value } {
  return { kind: 'done', value };
}

function decided({ id, state, decidedBy = '' }: Feedback): Refused {
  return {
    kind: 'conflict',
    message: `Feedback ${id} is no longer open: ${state}${decidedBy === '' ? '' : ` by ${decidedBy}`}.`,
  };
}

function otherUnder(id: string): Refused {
  return { kind: 'conflict', message: `Another feedback is known as ${id}.` };
}

function tooMany(most: number): Refused {
  return { kind: 'conflict', message: `There are ${most} rules already (feedback.max_rules); roll some back first.` };
}

function isSame(known: Feedback, { verdict, about }: Opinion): boolean {
  if (known.verdict !== verdict) return false;
  if ('anomalyId' in about) return known.anomalyId === about.anomalyId;
  return known.seriesId === about.seriesId && known.fromMs === about.fromMs && known.toMs === about.toMs;
}
