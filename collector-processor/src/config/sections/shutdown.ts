import { Type } from 'typebox';
import { Duration } from '../types.ts';

/** The end of the process. */
export const shutdownSection = Type.Object(
  {
    timeout: Duration(
      '25s',
      'How long a stop may take in all, beside the time limits of its parts; then the process leaves, tells what it waited for, and ends with 1. Shorter than what stops it with SIGKILL (30 s in Kubernetes).',
      { least: '1s' },
    ),
  },
  { additionalProperties: false, default: {}, description: 'How Sentinel stops.' },
);
