import type { Part } from '../../runtime/yaml/understood.ts';
import type { Measured } from './openslo-indicator.ts';
import type { OpenSloCondition, OpenSloPolicy } from './openslo-schema.ts';

/** What OpenSLO documents refer to by name, from all files. */
export interface OpenSloNames {
  /** Absent: there is no SLI of that name. */
  readonly indicator: (name: string) => Part<Measured> | undefined;
  /** The type of a DataSource. */
  readonly sourceType: (name: string) => string | undefined;
  readonly policy: (name: string) => OpenSloPolicy | undefined;
  readonly condition: (name: string) => OpenSloCondition | undefined;
}
