import type { Tuning } from '../../model/tuning.ts';
import type { MeasureProfile } from '../measure-profile.ts';

/** The profile of a measure with what a rule says in its place. */
export function tunedProfile(profile: MeasureProfile, rule: Tuning | undefined): MeasureProfile {
  if (rule === undefined) return profile;
  const { direction, minimumChange, minimumShare } = rule;
  if (direction === undefined && minimumChange === undefined && minimumShare === undefined) return profile;
  return {
    ...profile,
    direction: direction ?? profile.direction,
    minimumChange: minimumChange ?? profile.minimumChange,
    minimumShare: minimumShare ?? profile.minimumShare,
  };
}

/** The border moves; the order of scores stays. */
export function tunedScore(score: number, rule: Tuning | undefined): number {
  return score / (rule?.threshold ?? 1);
}
