import { SURE_Z } from './deviation.ts';
import { callsOf, measured, type Situation } from './situation.ts';

/** What adds up along calls: time spent, or calls failed, beyond what is usual. */
export type MassKind = 'latency' | 'errors';

/**
 * Excess of one service while the incident lasts: (value − usual) × requests. Latency times requests is time, a share of
 * errors times requests is failed calls, and both add up along the calls, which z-scores do not. Undefined where the service
 * has no series of the kind, 0 where it is as usual. Deviations that are not sure count less, by the square of the share.
 */
export function massOf(situation: Situation, service: string, kind: MassKind): number | undefined {
  const deviation = measured(situation, service, kind);
  const requests = callsOf(situation, service);
  if (deviation === undefined || requests === 0) return undefined;
  const certainty = Math.min(1, Math.max(0, deviation.z) / SURE_Z) ** 2;
  return Math.max(0, deviation.now - deviation.usual) * requests * certainty;
}
