/** Every fault that is thrown has a code from this table; docs/errors.md is drawn from it. Expected outcomes are values. */
export const errorCodes = {
  SENTINEL_CONFIG_INVALID: 'The configuration does not fit its schema.',
  SENTINEL_CONFIG_UNREADABLE: 'The configuration file cannot be read.',
  SENTINEL_FORWARD_LOOP:
    'A request came back to the Sentinel that had forwarded it. Sent to whoever sends it, not thrown.',
  SENTINEL_FOLDER_IN_USE: 'Another process works with the folder of the write-ahead log.',
  SENTINEL_FOLDER_UNUSABLE: 'The folder of the write-ahead log cannot be made or written to.',
  SENTINEL_LISTEN_FAILED: 'A port could not be opened.',
  SENTINEL_TLS_INVALID: 'A certificate or key cannot be used.',
  SENTINEL_STORE_FAILED: 'The store refused a statement or could not be opened.',
  SENTINEL_STORE_BUSY: 'More statements wait for the store than the setting allows.',
  SENTINEL_STORE_TOO_NEW: 'The store was written by a newer release.',
  SENTINEL_BACKUP_FAILED: 'A backup could not be written.',
  SENTINEL_BACKUP_UNREADABLE: 'A backup cannot be read, or is not whole.',
  SENTINEL_SNAPSHOT_INVALID: 'A snapshot of learned state cannot be read.',
  SENTINEL_API_FAILED: 'The API of the running Sentinel did not answer, or refused.',
  SENTINEL_FILE_UNREADABLE: 'A file with objectives or policies cannot be read.',
  SENTINEL_FILE_UNWRITABLE: 'A file that was asked for cannot be written; one that is there is never written over.',
  SENTINEL_GRAFANA_FAILED: 'Grafana did not answer, is too old, or refused what the command needs.',
  SENTINEL_REPLAY_FAILED: 'Recorded telemetry cannot be read, or what was asked of it cannot be done.',
  SENTINEL_USAGE: 'The command line was not understood.',
  SENTINEL_INTERNAL: 'A bug. The report names the place.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

export class SentinelError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SentinelError';
    this.code = code;
  }
}

/** Text of anything caught. `instanceof Error` is no use across realms. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

/** `code` of a Node, SQLite or PostgreSQL error, or the empty string. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return '';
}
