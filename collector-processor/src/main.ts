#!/usr/bin/env node
import { startWithCalmMalloc } from './runtime/calm-malloc.ts';

if (process.argv[2] === 'serve') startWithCalmMalloc(process);
// Only now the rest is loaded, so that it is loaded once.
const { runCommand } = await import('./cli/run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
