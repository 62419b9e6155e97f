/**
 * A ZIP archive from files in memory (PKWARE APPNOTE 6.3: local headers, central directory, end record; deflate, no ZIP64).
 * All times are 1 January 1980, so that the same files make the same bytes.
 */
import { crc32, deflateRawSync } from 'node:zlib';

const DEFLATE = 8;
const VERSION = 20;
const DATE_1980 = 0x21;
const UTF8_NAMES = 0x0800;

/** Header fields that local header and central directory share, 26 bytes. */
function commonFields({ name, crc, packed, size }) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(DEFLATE, 4);
  fields.writeUInt16LE(DATE_1980, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralRecord(entry, offset) {
  const start = Buffer.from('504b01021403', 'hex');
  const end = Buffer.alloc(14);
  // External attributes: a regular file that everybody may read (0100644).
  end.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  end.writeUInt32LE(offset, 10);
  return Buffer.concat([start, commonFields(entry), end, entry.name]);
}

/** `files`: name with slashes, and bytes. */
export function writeZip(files) {
  const entries = files.map(({ name, bytes }) => ({
    name: Buffer.from(name, 'utf8'),
    crc: crc32(bytes),
    packed: deflateRawSync(bytes, { level: 9 }),
    size: bytes.length,
  }));
  const bodies = entries.map((entry) =>
    Buffer.concat([Buffer.from('504b0304', 'hex'), commonFields(entry), entry.name, entry.packed]),
  );
  let offset = 0;
  const records = entries.map((entry, index) => {
    const record = centralRecord(entry, offset);
    offset += bodies[index].length;
    return record;
  });
  const central = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}
