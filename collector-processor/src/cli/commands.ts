import { auditCommand } from './audit-command.ts';
import { backupCommand } from './backup-command.ts';
import { checkCommand } from './check-command.ts';
import type { Command } from './command.ts';
import { deadLettersCommand } from './dead-letters-command.ts';
import { grafanaCommand } from './grafana-command.ts';
import { incidentCommand } from './incident-command.ts';
import { policyCommand } from './policy-command.ts';
import { replayCommand } from './replay-command.ts';
import { restoreCommand } from './restore-command.ts';
import { serveCommand } from './serve-command.ts';
import { shadowCommand } from './shadow-command.ts';
import { sloCommand } from './slo-command.ts';
import { storeCommand } from './store-command.ts';
import { tokensCommand } from './tokens-command.ts';
import { versionCommand } from './version-command.ts';

export const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  check: checkCommand,
  tokens: tokensCommand,
  replay: replayCommand,
  shadow: shadowCommand,
  slo: sloCommand,
  policy: policyCommand,
  audit: auditCommand,
  'dead-letters': deadLettersCommand,
  incident: incidentCommand,
  grafana: grafanaCommand,
  backup: backupCommand,
  restore: restoreCommand,
  store: storeCommand,
  version: versionCommand,
};

export function helpText(): string {
  const rows = Object.values(commands).map(({ summary }) => summary.split(/ {2,}/));
  const width = Math.max(...rows.map(([form = '']) => form.length));
  const lines = rows.map(([form = '', text = '']) => `  ${form.padEnd(width)}  ${text}\n`);
  return `usage: sentinel <command> [options]\n\n${lines.join('')}\n${exitCodesText}`;
}

const exitCodesText = `exit codes: 0 done, also after SIGTERM or one Ctrl-C; 1 failed; 2 not understood;
            130 stopped at once by a second Ctrl-C
`;
