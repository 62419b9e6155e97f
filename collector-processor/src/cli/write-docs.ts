/** Writes the pages of docs/ that are drawn from the code: node collector-processor/src/cli/write-docs.ts */
import { writeFileSync } from 'node:fs';
import { drawnPages } from './docs.ts';

for (const [path, draw] of Object.entries(drawnPages)) writeFileSync(path, await draw());
