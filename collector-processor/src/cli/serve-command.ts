import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startApp } from '../app.ts';
import { systemClock } from '../runtime/clock.ts';
import { createLogger } from '../runtime/logger.ts';
import { type Command, exitCodes } from './command.ts';
import { readSettingsFile, settingsOrThrow } from './settings-file.ts';

/** `sentinel serve [--config FILE]`: runs until SIGTERM or SIGINT; SIGHUP reads the file again. */
export const serveCommand: Command = {
  summary: 'serve [--config FILE]              run the sidecar; SIGHUP reloads, SIGTERM drains and stops',
  async run({ args, env, stderr }) {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string', short: 'c' } } });
    const settings = settingsOrThrow(values.config, env);
    const logger = createLogger(settings.telemetry.logLevel);
    const reread = () => readSettingsFile(values.config, env);
    const app = await startApp({ settings, reread, clock: systemClock, logger });
    if (app.firstToken !== undefined) {
      stderr.write(`\nThe first admin token, shown this once:\n\n  ${app.firstToken}\n\n`);
    }
    process.on('SIGHUP', () => void app.reload());
    const reason = await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    logger.info({ signal: String(reason[0]) }, 'Stopping: finishing what is under way.');
    await app.stop();
    return exitCodes.ok;
  },
};
