/**
 * All that the log asks of a file system, so that a test can stand in for a disk that is full, broken, slow or cut off.
 * Every call may reject. Data is safe after `datasync`; a created, renamed or removed name after `syncFolder`.
 */
export interface Files {
  /** Creates the folder and those above it. */
  makeFolder(folder: string): Promise<void>;
  /** Plain names, in no order. */
  list(folder: string): Promise<string[]>;
  /** Rejects when the file exists. */
  create(path: string): Promise<AppendFile>;
  open(path: string): Promise<ReadFile>;
  /** Replaces what has the new name. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Writes over the beginning of a file that exists, and makes it safe. Rejects with any part of it written. */
  overwrite(path: string, bytes: Uint8Array): Promise<void>;
  truncate(path: string, length: number): Promise<void>;
  syncFolder(folder: string): Promise<void>;
  /** Keeps other processes out until what it resolves to is called, or the process ends in whatever way. */
  lock(folder: string): Promise<() => void>;
}

export interface AppendFile {
  /** Writes all parts behind one another, or rejects with some of them written. */
  append(parts: readonly Uint8Array[]): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

export interface ReadFile {
  /** When it was opened. */
  readonly size: number;
  /** As many bytes as there are now from `offset`, at most `length`. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens the file for as long as the work on it takes. */
export async function reading<Result>(
  files: Pick<Files, 'open'>,
  path: string,
  work: (file: ReadFile) => Promise<Result>,
): Promise<Result> {
  const file = await files.open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** A disk that fails for a moment may answer when it is asked again. */
export async function patiently<Result>(
  work: () => Promise<Result>,
  failed: (error: unknown) => void,
): Promise<Result> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await work();
    } catch (error) {
      failed(error);
    }
  }
  return work();
}

const ATTEMPTS = 3;
