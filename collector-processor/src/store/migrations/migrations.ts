import type { Migration } from 'kysely/migration';
import { firstRelease } from './0001-first-release.ts';
import { feedback } from './0004-feedback.ts';
import { incidents } from './0005-incidents.ts';
import { incidentCases } from './0006-incident-cases.ts';
import { sloCounts } from './0011-slo-counts.ts';
import { sloLedgers } from './0012-slo-ledgers.ts';

/** Every migration, by name, in order. A released one never changes: a new one is added below it. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-release': firstRelease,
  '0004-feedback': feedback,
  '0005-incidents': incidents,
  '0006-incident-cases': incidentCases,
  '0011-slo-counts': sloCounts,
  '0012-slo-ledgers': sloLedgers,
};
