import type { SettingsCheck } from '../../config/load.ts';
import type { Settings } from '../../config/schema.ts';
import { checkBackendAbilities } from './backend-abilities.ts';
import { checkContradictions } from './contradictions.ts';
import { checkDetectorNames } from './detector-names.ts';
import { checkFolders } from './folders.ts';
import { checkIngestWorkers } from './ingest-workers.ts';
import { checkListenAddresses } from './listen-addresses.ts';
import { checkMaintenance } from './maintenance.ts';
import { checkMaskPatterns } from './mask-patterns.ts';
import { checkOutgoingAddresses } from './outgoing-addresses.ts';
import { checkOwnAddresses } from './own-addresses.ts';
import { checkSloFiles } from './slo-files.ts';
import { checkStoreAddress } from './store-address.ts';
import { checkTlsFiles } from './tls-files.ts';

/** What a start would stumble over and the schema cannot see. */
export const settingsChecks: readonly SettingsCheck<Settings>[] = [
  checkListenAddresses,
  checkTlsFiles,
  checkMaskPatterns,
  checkDetectorNames,
  checkOutgoingAddresses,
  checkBackendAbilities,
  checkStoreAddress,
  checkFolders,
  checkContradictions,
  checkOwnAddresses,
  checkIngestWorkers,
  checkSloFiles,
  checkMaintenance,
];
