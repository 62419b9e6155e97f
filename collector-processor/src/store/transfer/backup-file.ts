import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { messageOf, SentinelError } from '../../runtime/errors.ts';
import type { Rows } from './read-tables.ts';

/**
 * Gzipped lines of JSON: a head, pieces of tables, and an end with the number of rows of each table, without which the file
 * is not whole. A later release that changes this raises FORMAT_VERSION.
 */
const FORMAT_VERSION = 1;

const Head = Type.Object({
  format: Type.Literal('sentinel-backup'),
  version: Type.Integer(),
  release: Type.String(),
  createdAtMs: Type.Number(),
  migrations: Type.Array(Type.String()),
});
type Head = Static<typeof Head>;
const Value = Type.Union([Type.String(), Type.Number(), Type.Null()]);
const Piece = Type.Object({ table: Type.String(), rows: Type.Array(Type.Record(Type.String(), Value)) });
const End = Type.Object({ end: Type.Record(Type.String(), Type.Integer()) });
const headSchema = Compile(Head);
const pieceSchema = Compile(Piece);
const endSchema = Compile(End);

type BackupHead = Pick<Head, 'release' | 'createdAtMs' | 'migrations'>;
type Counts = Record<string, number>;
type Take = (rows: Rows) => Promise<void>;

/** Writes a backup that only its owner can read (it holds the hashes of tokens), whole or not at all. Answers with the number of rows. */
export async function writeBackup(
  file: string,
  head: BackupHead,
  give: (take: Take) => Promise<void>,
): Promise<Readonly<Counts>> {
  const partial = `${file}.partial`;
  const counts: Counts = {};
  try {
    // A file that is there already would keep its own rights.
    await rm(partial, { force: true });
    const gzip = createGzip();
    const out = createWriteStream(partial, { mode: 0o600, flags: 'wx', flush: true });
    const written = finished(gzip.pipe(out));
    // It is awaited at the end; what fails before is nobody's unhandled rejection meanwhile.
    written.catch(() => undefined);
    const line = async (value: object): Promise<void> => {
      if (gzip.write(`${JSON.stringify(value)}\n`)) return;
      await Promise.race([new Promise((resolve) => gzip.once('drain', resolve)), written]);
    };
    await line({ format: 'sentinel-backup', version: FORMAT_VERSION, ...head } satisfies Head);
    await give(async ({ table, rows }) => {
      counts[table] = (counts[table] ?? 0) + rows.length;
      await line({ table, rows });
    });
    await line({ end: counts });
    gzip.end();
    await written;
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw new SentinelError('SENTINEL_BACKUP_FAILED', `The backup was not written: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return counts;
}

export interface OpenedBackup extends BackupHead {
  /** Gives all rows; throws when the file is not whole. */
  readonly give: (take: Take) => Promise<void>;
}

/** Reads the head of a backup. Throws SENTINEL_BACKUP_UNREADABLE, and SENTINEL_STORE_TOO_NEW for a format of a later release. */
export async function openBackup(file: string): Promise<OpenedBackup> {
  const lines = linesOf(file);
  const first = await nextLine(lines);
  await lines.return(undefined);
  if (!headSchema.Check(first)) throw unreadable(file, 'it does not begin like a backup of Sentinel');
  const { version, release, createdAtMs, migrations } = first;
  if (version > FORMAT_VERSION) {
    const message = `${file} was written by a newer release (${release}). Use that release, or a later one.`;
    throw new SentinelError('SENTINEL_STORE_TOO_NEW', message);
  }
  return { release, createdAtMs, migrations, give: (take) => giveRows(file, take) };
}

async function giveRows(file: string, take: Take): Promise<void> {
  const lines = linesOf(file);
  const counts: Counts = {};
  await nextLine(lines);
  for (let value = await nextLine(lines); value !== undefined; value = await nextLine(lines)) {
    if (endSchema.Check(value)) {
      if (JSON.stringify(value.end) === JSON.stringify(counts)) return;
      throw unreadable(file, 'it does not hold as many rows as it says');
    }
    if (!pieceSchema.Check(value)) throw unreadable(file, 'a line of it is no piece of a table');
    counts[value.table] = (counts[value.table] ?? 0) + value.rows.length;
    await take(value);
  }
  throw unreadable(file, 'it is cut off');
}

/** Values of the lines of a backup; undefined behind the last. */
async function nextLine(lines: AsyncIterator<unknown>): Promise<unknown> {
  const next: IteratorResult<unknown, unknown> = await lines.next();
  return next.done === true ? undefined : next.value;
}

async function* linesOf(file: string): AsyncGenerator {
  const handle = await open(file).catch((error: unknown) => Promise.reject(unreadable(file, messageOf(error))));
  const raw: Readable = createReadStream('', { fd: handle });
  const gunzip = raw.pipe(createGunzip());
  raw.on('error', (error) => gunzip.destroy(error));
  // The iteration throws it too; an error behind its end, or between two lines, must not end the process.
  let broken: Error | undefined;
  gunzip.on('error', (error) => (broken = error));
  try {
    for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) yield JSON.parse(line) as unknown;
    if (broken !== undefined) throw broken;
  } catch (error) {
    throw error instanceof SentinelError ? error : unreadable(file, messageOf(error));
  } finally {
    raw.destroy();
    gunzip.destroy();
  }
}

function unreadable(file: string, reason: string): SentinelError {
  return new SentinelError('SENTINEL_BACKUP_UNREADABLE', `The backup ${file} cannot be read: ${reason}.`);
}
