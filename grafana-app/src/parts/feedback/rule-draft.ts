import type { Rule } from '../../api/feedback';

/** A rule as it stands in fields. Empty: as shipped. */
export interface RuleDraft {
  readonly threshold: string;
  readonly minimumChange: string;
  readonly direction: NonNullable<Rule['direction']>;
  readonly inWindow: boolean;
}

export function draftOf({ threshold, minimumChange, direction = 'both', window }: Rule): RuleDraft {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    threshold: text(threshold),
    minimumChange: text(minimumChange),
    direction,
    inWindow: window !== undefined,
  };
}

/** Within what the API takes, and it changes something. */
export function isFit({ threshold, minimumChange, direction }: RuleDraft): boolean {
  const score = Number(threshold);
  const change = Number(minimumChange);
  return (
    (threshold === '' || (score >= 0.1 && score <= 1000)) &&
    (minimumChange === '' || change >= 0) &&
    (threshold !== '' || minimumChange !== '' || direction !== 'both')
  );
}

/** What the draft says nothing about stays as it was. */
export function ruleOf(before: Rule, { threshold, minimumChange, direction, inWindow }: RuleDraft): Rule {
  const { threshold: _threshold, minimumChange: _change, direction: _direction, window, ...rest } = before;
  return {
    ...rest,
    ...(threshold === '' ? {} : { threshold: Number(threshold) }),
    ...(minimumChange === '' ? {} : { minimumChange: Number(minimumChange) }),
    ...(direction === 'both' ? {} : { direction }),
    ...(window === undefined || !inWindow ? {} : { window }),
  };
}
