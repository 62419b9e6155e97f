import protobuf from 'protobufjs';
import { type Signal } from '../model/signal.ts';

const requests: Readonly<Record<Signal, string>> = {
  traces: 'ExportTraceServiceRequest',
  metrics: 'ExportMetricsServiceRequest',
  logs: 'ExportLogsServiceRequest',
};

/**
 * The export request of one signal as protobufjs knows it, from the tables in `proto/`. With `textAsBytes` strings are
 * left as bytes, which they are on the wire, so that no two readings of broken UTF-8 are compared.
 */
export function loadOracle(signal: Signal, { textAsBytes = false } = {}): protobuf.Type {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => `${import.meta.dirname}/proto/${target}`;
  root.loadSync(`${signal}.proto`);
  if (textAsBytes) leaveText(root);
  return root.lookupType(`sentinel.oracle.${requests[signal]}`);
}

function leaveText(namespace: protobuf.NamespaceBase): void {
  for (const nested of namespace.nestedArray) {
    if (nested instanceof protobuf.Type) {
      for (const field of nested.fieldsArray) if (field.type === 'string') field.type = 'bytes';
    }
    if (nested instanceof protobuf.Namespace) leaveText(nested);
  }
}
