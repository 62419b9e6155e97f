import type { SloStatus } from '../../api/slos';

/** Worst first. */
export const knownStatuses = [
  'exhausted',
  'burning_fast',
  'burning',
  'burning_slowly',
  'trickle',
  'rising',
  'recovering',
  'on_track',
  'too_few_events',
  'no_data',
  'implausible',
] as const satisfies readonly SloStatus[];
