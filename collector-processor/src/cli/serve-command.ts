import { parseArgs } from 'node:util';
import { type App, startApp } from '../app.ts';
import { systemClock } from '../runtime/clock.ts';
import { createLogger, type Logger } from '../runtime/logger.ts';
import { type Command, exitCodes } from './command.ts';
import { readSettingsFile, settingsOrThrow } from './settings-file.ts';

/** `sentinel serve [--config FILE]`: runs until SIGTERM or SIGINT; SIGHUP reads the file again. */
export const serveCommand: Command = {
  summary: 'serve [--config FILE]              run the sidecar; SIGHUP reloads, SIGTERM drains and stops',
  async run({ args, env, stderr }) {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string', short: 'c' } } });
    const settings = settingsOrThrow(values.config, env);
    const logger = createLogger(settings.telemetry.logLevel);
    const signals = watchSignals(logger);
    const reread = () => readSettingsFile(values.config, env);
    const app = await startApp({ settings, reread, clock: systemClock, logger });
    const { grpc, http } = app.addresses();
    const backends = Object.keys(settings.forward.backends);
    const config = readSettingsFile(values.config, env).file;
    logger.info({ config, grpc, http, backends }, backends.length === 0 ? 'Started as a tap.' : 'Started inline.');
    if (app.firstToken !== undefined) {
      stderr.write(`\nThe first admin token, shown this once:\n\n  ${app.firstToken}\n\n`);
    }
    await signals.untilStopped(app);
    await app.stop();
    return exitCodes.ok;
  },
};

/**
 * Signals from the first moment on: one that comes while starting takes effect afterwards. A terminal, npm and the launcher
 * may each pass on the same Ctrl-C, so repeats of a stop are ignored: the drain has its own limit.
 */
function watchSignals(logger: Logger) {
  let app: App | undefined;
  let reloadAsked = false;
  const stopped = Promise.withResolvers<undefined>();

  function reload(): void {
    reloadAsked = app === undefined;
    void app?.reload();
  }

  function stop(signal: NodeJS.Signals): void {
    logger.info({ signal }, 'Stopping: finishing what is under way.');
    stopped.resolve(undefined);
  }

  process.on('SIGHUP', reload);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return {
    async untilStopped(started: App): Promise<void> {
      app = started;
      if (reloadAsked) reload();
      await stopped.promise;
    },
  };
}
