import { metrics } from '@opentelemetry/api';
import { startBroker } from '../queue/broker.ts';
import type { StartService } from '../service.ts';
import { work } from '../work.ts';

const REPORT_MS = 5_000;
/** Until a message is on disk. */
const WRITE_MS = 8;

/** The broker between checkout and fulfilment. It reports about itself as brokers do: by metrics and a log line. */
export const startOrderQueue: StartService = async ({ log, random }) => {
  const broker = await startBroker(() => work(random, WRITE_MS));
  const meter = metrics.getMeter('shop.queue');
  const destination = { 'messaging.destination.name': 'orders' };
  meter
    .createObservableGauge('shop.queue.depth', { unit: '{message}', description: 'Messages that wait.' })
    .addCallback((result) => result.observe(broker.depth(), destination));
  meter
    .createObservableGauge('shop.queue.oldest_age', { unit: 's', description: 'Wait of the oldest message.' })
    .addCallback((result) => result.observe(broker.oldestAgeSeconds(), destination));
  meter
    .createObservableCounter('shop.queue.delivered', { unit: '{message}' })
    .addCallback((result) => result.observe(broker.delivered(), destination));
  const report = setInterval(
    () => log.info(`queue orders: ${broker.depth()} waiting, ${broker.delivered()} delivered`),
    REPORT_MS,
  );
  return {
    port: broker.port,
    stop: () => {
      clearInterval(report);
      return broker.stop();
    },
  };
};
