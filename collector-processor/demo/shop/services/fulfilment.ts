import { setTimeout as pause } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { between } from '../../random.ts';
import { createDatabase } from '../database.ts';
import { textOf } from '../json-body.ts';
import { processNext } from '../queue/traced-queue.ts';
import type { StartService } from '../service.ts';
import { work } from '../work.ts';

/** Orders in hand at the same time. */
const WORKERS = 4;
const RETRY_MS = 500;

/** Takes orders from the queue, reserves the stock and writes to the customer. */
export const startFulfilment: StartService = ({ random, log, queue }) => {
  const database = createDatabase(random);
  const shipped = metrics.getMeter('shop').createCounter('shop.orders.fulfilled', { unit: '{order}' });
  let stopped = false;
  const running = (): boolean => !stopped;

  async function fulfil(order: unknown): Promise<void> {
    const id = textOf(order, 'id');
    await database.query({ operation: 'UPDATE', table: 'stock', medianMs: 20 });
    await work(random, 45);
    shipped.add(1);
    log.info(
      `mail about order ${id} sent to ${textOf(order, 'mail')}, parcel ${between(random, 10_000_000, 99_999_999)}`,
    );
  }

  async function worker(): Promise<void> {
    while (running()) {
      try {
        await processNext(queue, fulfil);
      } catch (error) {
        if (!running()) return;
        log.failure(error instanceof Error ? error : new Error(String(error)));
        await pause(RETRY_MS);
      }
    }
  }

  const workers = Promise.all(Array.from({ length: WORKERS }, worker));
  return Promise.resolve({
    async stop() {
      stopped = true;
      queue.close();
      await workers;
    },
  });
};
