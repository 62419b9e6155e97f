/**
 * Loaded into Sentinel before its own code (`node --import`). A server does not notice when the program that started it
 * is killed; here the closed channel tells it, and the demo's folder goes with it.
 */
import { rmSync } from 'node:fs';

const GRACE_MS = 3_000;

process.once('disconnect', () => {
  const folder = process.env.SENTINEL_DEMO_FOLDER ?? '';
  process.once('exit', () => folder !== '' && rmSync(folder, { recursive: true, force: true }));
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
process.channel?.unref();
