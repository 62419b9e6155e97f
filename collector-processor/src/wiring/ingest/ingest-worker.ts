import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../runtime/clock.ts';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import { createLogger } from '../../runtime/logger.ts';
import { createIngestSide, type TellMain } from './ingest-side.ts';
import type { IngestStart, ToIngest } from './messages.ts';

const STATUS_MS = 1000;
const start = workerData as IngestStart;
const tell: TellMain = (message, moved) => parentPort?.postMessage(message, moved);
const logger = createLogger(start.settings.telemetry.logLevel);
const side = createIngestSide({ start, tell, clock: systemClock, logger });
const tellStatus = (): void => tell({ kind: 'status', status: side.status() }, []);

parentPort?.on('message', (message: ToIngest) => {
  if (message.kind === 'logged') side.logged(message);
  else if (message.kind === 'stop') void stop();
  else void apply(message.settings);
});
try {
  tell({ kind: 'started', addresses: await side.start() }, []);
  setInterval(tellStatus, STATUS_MS);
} catch (error) {
  tell({ kind: 'failed', code: codeOf(error), message: messageOf(error) }, []);
}

async function apply(settings: IngestStart['settings']): Promise<void> {
  try {
    tell({ kind: 'applied', addresses: await side.apply(settings) }, []);
  } catch (error) {
    tell({ kind: 'applied', addresses: {}, problem: messageOf(error) }, []);
  }
}

async function stop(): Promise<void> {
  try {
    await side.stop();
  } catch (error) {
    logger.error({ error: messageOf(error) }, 'An ingest thread did not stop cleanly.');
  }
  tellStatus();
  tell({ kind: 'stopped' }, []);
  parentPort?.close();
}
