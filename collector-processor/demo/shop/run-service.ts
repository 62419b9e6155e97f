import { messageOf } from '../../src/runtime/errors.ts';
import { createRandom } from '../random.ts';
import { calm, type Conditions } from './conditions.ts';
import { type Addresses, type Command, isCommand, type Ready } from './control.ts';
import { freeze } from './freeze.ts';
import { createCallService } from './http-client.ts';
import { createShopLog } from './log.ts';
import { createQueueClient } from './queue/queue-client.ts';
import type { RunningService } from './service.ts';
import { services } from './services/registry.ts';
import type { ServiceName } from './topology.ts';

export interface ServiceStart {
  readonly name: ServiceName;
  readonly version: string;
  readonly seed: number;
  /** Sends what telemetry is still held back. */
  readonly flush: () => Promise<void>;
}

/** Runs one service and obeys the demo until it says stop or is gone. */
export async function runService({ name, version, seed, flush }: ServiceStart): Promise<void> {
  const conditions: Conditions = { ...calm };
  const orderQueue = Promise.withResolvers<number>();
  let addresses: Addresses = {};

  async function stop(service: RunningService): Promise<never> {
    await service.stop();
    try {
      await flush();
    } catch (error) {
      process.stderr.write(`last telemetry was not delivered: ${messageOf(error)}\n`);
    }
    process.exit(0);
  }

  function obey(command: Command, service: RunningService): void {
    switch (command.kind) {
      case 'addresses':
        addresses = command.addresses;
        orderQueue.resolve(addresses['order-queue'] ?? 0);
        return;
      case 'conditions':
        Object.assign(conditions, command.conditions);
        return;
      case 'freeze':
        freeze(command.ms);
        return;
      case 'stop':
        void stop(service);
    }
  }

  const start = await services[name]();
  const service = await start({
    version,
    random: createRandom(seed),
    log: createShopLog(),
    conditions,
    call: createCallService(() => addresses),
    queue: createQueueClient(() => orderQueue.promise),
  });
  process.on('message', (message) => isCommand(message) && obey(message, service));
  const ready: Ready = service.port === undefined ? { kind: 'ready' } : { kind: 'ready', port: service.port };
  process.send?.(ready);
}
