import { join } from 'node:path';
import type { Files } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';

interface QuarantineParts {
  readonly files: Files;
  readonly folder: string;
  readonly maxBytes: number;
  readonly metrics: LogMetrics;
}

/** Segments that were set aside for a person to look at stay as long as they fit; the oldest go first. */
export async function limitSetAside({ files, folder, maxBytes, metrics }: QuarantineParts): Promise<void> {
  try {
    const names = (await files.list(folder))
      .filter((name) => /\.wal\.(damaged|unread)$/.test(name))
      .sort()
      .reverse();
    let bytes = 0;
    for (const name of names) {
      const path = join(folder, name);
      const file = await files.open(path);
      bytes += file.size;
      await file.close();
      if (bytes <= maxBytes) continue;
      await files.remove(path);
      metrics.droppedAside(path);
    }
  } catch (error) {
    metrics.failed(error);
  }
}
