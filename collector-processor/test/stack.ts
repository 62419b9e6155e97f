/**
 * `npm run test:stack`: the services of docker-compose.yaml as processes, with its own commands and configuration files, and the
 * demo shop's telemetry looked for in each. VICTORIAMETRICS_BIN, VMALERT_BIN, LOKI_BIN, TEMPO_BIN, ALERTMANAGER_BIN and GRAFANA_BIN
 * (below its home) are paths of programs; the app must be built (`npm run plugin:build`). `--keep` leaves it running until Ctrl-C.
 */
import { once } from 'node:events';
import { type Case, runCases } from './grafana/suite.ts';
import { readComposeFile } from './stack/compose-file.ts';
import { parts, type RunningStack, startStack, whatIsMissing } from './stack/running-stack.ts';
import { stackCases } from './stack/stack-cases.ts';

const missing = whatIsMissing();
let stack: RunningStack | undefined;

const start: Case = {
  name: 'every service of docker-compose.yaml starts as it is configured there',
  skip: missing,
  run: async () => {
    stack = await startStack(readComposeFile(process.env));
  },
};

function running(): RunningStack {
  if (stack === undefined) throw new Error('the stack did not start');
  return stack;
}

let good = await runCases([start, ...stackCases(running, missing)]);
if (process.argv.includes('--keep') && stack !== undefined) {
  for (const [name, { port }] of Object.entries(parts)) process.stdout.write(`${name} ${stack.url(name, port)}\n`);
  process.stdout.write(`sentinel ${stack.url('sentinel', 8480)} in ${stack.folder}\n`);
  const alive = setInterval(() => undefined, 60_000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(alive);
}
const trouble = stack?.trouble();
if (trouble !== undefined) process.stdout.write(`${trouble}\n`);
good &&= trouble === undefined;
await stack?.stop();
process.exitCode = good ? 0 : 1;
