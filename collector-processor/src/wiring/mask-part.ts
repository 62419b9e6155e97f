import type { Settings } from '../config/schema.ts';
import type { Service } from '../runtime/lifecycle.ts';
import { createMask, type Mask } from '../runtime/masking.ts';
import { createPart, type Part } from '../runtime/part.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';

interface RunningMask extends Service {
  readonly mask: Mask;
}

export interface MaskPart {
  /** To be applied before the parts that mask. */
  readonly part: Part<Settings, RunningMask>;
  /** Always by the patterns in force, so that whoever holds it need not be exchanged with them. */
  readonly mask: Mask;
}

/** The one mask of all stages, a part of its own, so that a reload brings new patterns to every one of them at once. */
export function createMaskPart(settings: Settings, metrics: SelfMetrics): MaskPart {
  const part = createPart(
    {
      name: 'mask',
      reads: ({ score }: Settings) => score.maskPatterns,
      make: ({ score }: Settings): RunningMask => ({
        name: 'mask',
        mask: createMask(score.maskPatterns),
        start: () => Promise.resolve(),
        stop: () => Promise.resolve(),
      }),
      metrics,
      exclusive: false,
    },
    settings,
  );
  return { part, mask: (text) => part.current.mask(text) };
}
