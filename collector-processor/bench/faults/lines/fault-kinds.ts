import type { Draws } from '../random-draws.ts';
import { HOUR_MS, MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import { isTemplateOf, type LineKind } from './line-kinds.ts';
import type { LineChange } from './writer.ts';

/** What a service usually writes, and kinds of lines that it never wrote. */
export interface Vocabulary {
  readonly info: readonly LineKind[];
  readonly warn: readonly LineKind[];
  readonly error: readonly LineKind[];
  fresh(severity: LineKind['severity']): LineKind;
}

interface Put {
  readonly change: readonly Omit<LineChange, 'startMs' | 'endMs'>[];
  isFound(sighting: Sighting): boolean;
  reaches(sighting: Sighting): boolean;
}

export interface LineFault {
  readonly kind: string;
  readonly unit: string;
  readonly magnitudes: readonly number[];
  readonly lengthMs: number;
  readonly swing: number;
  /** Every fault comes with a release, and so do as many releases without one. */
  readonly withReleases?: true;
  put(usual: Vocabulary, choice: { readonly magnitude: number; readonly draws: Draws }): Put;
}

const steady = { lengthMs: 10 * MINUTE_MS, swing: 0.5 } as const;

/** On this kind of line, or on all lines of its severity. */
function isOn(kind: LineKind, direction: 'up' | 'down') {
  return ({ where, measure, severity, direction: way }: Sighting): boolean => {
    if (measure === 'severity_rate') return (severity || where) === kind.severity && way === direction;
    // A pause that grows is a fall, whatever direction growing has.
    if (measure === 'vanished') return direction === 'down' && isTemplateOf(kind, where);
    return isTemplateOf(kind, where) && (way === direction || measure === 'new_template');
  };
}

function comesAnew(severity: 'WARN' | 'ERROR'): LineFault['put'] {
  return (usual, { magnitude }) => {
    const kind = usual.fresh(severity);
    const isFound = isOn(kind, 'up');
    return { change: [{ kind, perSecond: magnitude }], isFound, reaches: isFound };
  };
}

export const lineFaults: readonly LineFault[] = [
  {
    ...{ kind: 'log_new_template', unit: 'lines a second', magnitudes: [0.02, 0.1, 1], ...steady },
    put: comesAnew('ERROR'),
  },
  {
    ...{ kind: 'log_surge', unit: 'times', magnitudes: [3, 8, 30], ...steady },
    put(usual, { magnitude, draws }) {
      const kind = draws.pick([...usual.info, ...usual.warn]);
      const isFound = isOn(kind, 'up');
      return { change: [{ kind, times: magnitude }], isFound, reaches: isFound };
    },
  },
  {
    ...{ kind: 'log_vanished', unit: 'line', magnitudes: [1], lengthMs: HOUR_MS, swing: 0.3 },
    put(usual) {
      const kind = usual.info.toSorted((a, b) => b.perSecond - a.perSecond)[0]!;
      const isFound = isOn(kind, 'down');
      return { change: [{ kind, times: 0 }], isFound, reaches: isFound };
    },
  },
  {
    ...{ kind: 'log_error_share', unit: 'times', magnitudes: [5, 20, 80], ...steady },
    put(usual, { magnitude }) {
      const found = usual.error.map((kind) => isOn(kind, 'up'));
      const isShare = ({ measure, direction }: Sighting): boolean => measure === 'severity_share' && direction === 'up';
      const isFound = (sighting: Sighting): boolean => isShare(sighting) || found.some((is) => is(sighting));
      // Errors take the place of what would have gone well.
      const change = [
        ...usual.error.map((kind) => ({ kind, times: magnitude })),
        ...usual.info.map((kind) => ({ kind, times: 0.9 })),
      ];
      return { change, isFound, reaches: ({ direction }) => direction === 'down' };
    },
  },
  {
    ...{ kind: 'log_quiet_nights', unit: 'times', magnitudes: [20, 80], lengthMs: 10 * MINUTE_MS, swing: 1 },
    put(usual, { magnitude, draws }) {
      const kind = draws.pick(usual.error);
      const isFound = isOn(kind, 'up');
      return { change: [{ kind, times: magnitude }], isFound, reaches: isFound };
    },
  },
  {
    ...{ kind: 'log_deploy', unit: 'lines a second', magnitudes: [0.05, 0.5], ...steady, withReleases: true },
    put: comesAnew('ERROR'),
  },
];
