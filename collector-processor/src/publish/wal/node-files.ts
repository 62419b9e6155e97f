import { type FileHandle, mkdir, open, readdir, rename, truncate, unlink } from 'node:fs/promises';
import type { AppendFile, Files, ReadFile } from './files.ts';
import { lockFolder } from './folder-lock.ts';

/** The file system of this machine. Files are readable by their owner alone: telemetry holds what services say. */
export const nodeFiles: Files = {
  async makeFolder(folder) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  list: (folder) => readdir(folder),
  async create(path) {
    return appendFile(await open(path, 'wx', 0o600));
  },
  async open(path) {
    const handle = await open(path, 'r');
    return readFile(handle, (await handle.stat()).size);
  },
  rename,
  remove: unlink,
  async overwrite(path, bytes) {
    const handle = await open(path, 'r+');
    try {
      const { bytesWritten } = await handle.write(bytes, 0, bytes.length, 0);
      if (bytesWritten < bytes.length) throw onlyAPart();
      await handle.datasync();
    } finally {
      await handle.close();
    }
  },
  async truncate(path, length) {
    await truncate(path, length);
  },
  async syncFolder(folder) {
    if (process.platform === 'win32') return; // Windows has no such call and orders names by itself.
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  lock: (folder) => Promise.resolve().then(() => lockFolder(folder)),
};

function appendFile(handle: FileHandle): AppendFile {
  return {
    async append(parts) {
      const bytes = parts.reduce((sum, part) => sum + part.length, 0);
      const { bytesWritten } = await handle.writev([...parts]);
      if (bytesWritten < bytes) throw onlyAPart();
    },
    datasync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

function onlyAPart(): Error {
  return Object.assign(new Error('the disk took only a part'), { code: 'ENOSPC' });
}

function readFile(handle: FileHandle, size: number): ReadFile {
  return {
    size,
    async read(offset, length) {
      const bytes = Buffer.allocUnsafeSlow(length);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}
