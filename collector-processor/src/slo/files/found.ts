import type { Objective } from '../../model/slo.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

/** What a document holds: objectives, and faults that the schema cannot see. */
export interface Found {
  readonly objectives: readonly FoundObjective[];
  readonly faults: readonly SettingFault[];
}

/** With the way to it in its document. */
export interface FoundObjective extends Objective {
  readonly path: readonly (string | number)[];
}
