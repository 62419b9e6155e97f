import type { Direction, Measure } from '../../src/model/anomaly.ts';
import type { CauseCandidate } from '../../src/model/cause.ts';
import type { Signal } from '../../src/model/signal.ts';
import type { ShopControls } from '../shop/shop.ts';
import type { ServiceName } from '../shop/topology.ts';

/** A finding that tells of the fault. */
export interface Expectation {
  readonly signal: Signal;
  readonly measures: readonly Measure[];
  readonly direction: Direction;
  /** Only these metrics, for the signal `metrics`. */
  readonly metrics?: readonly string[];
}

/** One entry of the fault menu. */
export interface Fault {
  readonly name: string;
  /** What happens, as the terminal tells it. */
  readonly title: string;
  /** Where the fault is. */
  readonly service: ServiceName;
  /** What kind of cause it is: what has to stand first in its incident. */
  readonly cause: CauseCandidate['kind'];
  /** Who asks it for what the fault spoils, or hands it the work that stays undone. */
  readonly caller?: ServiceName;
  /** Services that it may disturb; findings there are its side effects, anywhere else they are false. */
  readonly disturbs: readonly ServiceName[];
  readonly expect: readonly Expectation[];
  /** The version whose appearance is to be seen as a change, for faults that are deploys. */
  readonly deploys?: string;
  readonly durationMs: number;
  /** Until what it left behind is worked off. */
  readonly recoveryMs: number;
  /** Resolves when the fault is in effect. */
  inject(shop: ShopControls): Promise<void>;
  recover(shop: ShopControls): Promise<void>;
}

export const slower: readonly Expectation[] = [
  { signal: 'traces', measures: ['p50', 'p95', 'p99'], direction: 'up' },
  {
    signal: 'metrics',
    measures: ['mean', 'p95'],
    direction: 'up',
    metrics: ['http.server.request.duration', 'http.client.request.duration'],
  },
];

export const failing: readonly Expectation[] = [
  { signal: 'traces', measures: ['error_ratio'], direction: 'up' },
  { signal: 'logs', measures: ['new_template', 'template_rate', 'severity_rate'], direction: 'up' },
];
