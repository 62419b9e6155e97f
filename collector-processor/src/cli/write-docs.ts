/** Writes what is drawn, pages of docs/ and files of provisioning/: node collector-processor/src/cli/write-docs.ts */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { drawnPages } from './docs.ts';

for (const [path, draw] of Object.entries(drawnPages)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await draw());
}
