import protobuf from 'protobufjs';
import { type Signal } from '../model/signal.ts';

const requests: Readonly<Record<Signal, string>> = {
  traces: 'ExportTraceServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
  logs: 'ExportLogsServiceRequest',
};

/** The export request of one signal as protobufjs knows it, from the tables in `proto/`. */
export function loadOracle(signal: Signal): protobuf.Type {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => `${import.meta.dirname}/proto/${target}`;
  root.loadSync(`${signal}.proto`);
  return root.lookupType(`sentinel.oracle.${requests[signal]}`);
}
