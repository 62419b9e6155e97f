import { type Signal, signals } from '../../src/model/signal.ts';
import { type Case } from '../grafana/suite.ts';
import { untilArrived } from './client-case.ts';
import { type Pipeline } from './pipeline.ts';
import { startProgram } from './program.ts';

const COUNT = 200;
/** A trace of telemetrygen has a parent and one child. */
const itemsPerUnit: Readonly<Record<Signal, number>> = { traces: 2, metrics: 1, logs: 1 };

/** telemetrygen chooses what it sends, so the items are counted and each must be readable. */
export function telemetrygenCases(binary: string | undefined, pipeline: Pipeline): Case[] {
  return signals.flatMap((signal) =>
    (['grpc', 'http'] as const).map((wire) => {
      const name = `telemetrygen ${signal} ${wire}`;
      return {
        name,
        skip: binary === undefined ? 'set TELEMETRYGEN_BIN' : undefined,
        async run() {
          const items = COUNT * itemsPerUnit[signal];
          await startProgram(binary ?? '', argumentsOf(signal, wire, { service: name, pipeline })).finished();
          const arrived = await untilArrived(pipeline, signal, { service: name, items });
          process.stdout.write(`  sent ${items}, arrived ${arrived.items}\n`);
          if (arrived.items !== items) throw new Error('items were doubled');
        },
      };
    }),
  );
}

interface Target {
  readonly service: string;
  readonly pipeline: Pipeline;
}

function argumentsOf(signal: Signal, wire: 'grpc' | 'http', { service, pipeline }: Target): string[] {
  const port = wire === 'grpc' ? pipeline.grpcPort : pipeline.httpPort;
  const target = [
    '--otlp-insecure',
    '--otlp-endpoint',
    `127.0.0.1:${port}`,
    ...(wire === 'http' ? ['--otlp-http'] : []),
  ];
  return [signal, ...target, '--service', service, `--${signal}`, String(COUNT), '--rate', '0'];
}
