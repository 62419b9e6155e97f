import { parseArgs } from 'node:util';
import { startApp } from '../app.ts';
import { systemClock } from '../runtime/clock.ts';
import { createLogger } from '../runtime/logger.ts';
import { keepYoungGenerationSmall } from '../runtime/young-generation.ts';
import { type Command, exitCodes } from './command.ts';
import { configurationOrThrow, readSettingsFile } from './settings-file.ts';
import { limitStop } from './stop-limit.ts';
import { watchSignals } from './stop-signals.ts';

/** `sentinel serve [--config FILE]`: runs until SIGTERM or SIGINT; SIGHUP reads the file again. */
export const serveCommand: Command = {
  summary: 'serve [--config FILE]              run the sidecar; SIGHUP reloads, SIGTERM drains and stops',
  usage: 'usage: sentinel serve [--config FILE]',
  async run({ args, env, stderr }) {
    keepYoungGenerationSmall();
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string', short: 'c' } } });
    const { settings, file } = configurationOrThrow(values.config, env);
    const logger = createLogger(settings.telemetry.logLevel);
    const exit = (code: number): void => process.exit(code);
    const signals = watchSignals({ source: process, exit, clock: systemClock, logger });
    const reread = () => readSettingsFile(values.config, env);
    const app = await startApp({ settings, reread, clock: systemClock, logger });
    const { grpc, http } = app.addresses();
    const backends = Object.keys(settings.forward.backends);
    logger.info(
      { config: file, grpc, http, backends },
      backends.length === 0 ? 'Started as a tap.' : 'Started inline.',
    );
    if (app.firstToken !== undefined) {
      stderr.write(`\nThe first admin token, shown this once:\n\n  ${app.firstToken}\n\n`);
    }
    await signals.untilStopped(app);
    const limit = limitStop({ timeoutMs: settings.shutdown.timeout, waitsFor: app.stopping, exit, logger });
    await app.stop();
    limit.stopped();
    signals.stopped();
    return exitCodes.ok;
  },
};
