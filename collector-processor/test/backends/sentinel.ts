import { Type } from 'typebox';
import { createLoader } from '../../src/config/load.ts';
import { forwardSection, type ForwardSettings } from '../../src/config/sections/forward.ts';
import { receiversSection, type ReceiversSettings } from '../../src/config/sections/receivers.ts';
import { transcode } from '../../src/decode/transcode.ts';
import type { ExportOutcome, ExportRequest } from '../../src/model/export-request.ts';
import { createForwarder } from '../../src/publish/forwarder.ts';
import { createOtlpReceivers } from '../../src/receivers/otlp-receivers.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { createLogger } from '../../src/runtime/logger.ts';
import { createSelfMetrics } from '../../src/runtime/self-metrics.ts';

export interface Sentinel {
  readonly httpUrl: string;
  readonly grpcUrl: string;
  /** Sum of a metric over all its labels that fit. */
  count(name: string, labels?: Readonly<Record<string, string>>): number;
  stop(): Promise<void>;
}

interface Sections {
  readonly receivers: ReceiversSettings;
  readonly forward: ForwardSettings;
}

const load = createLoader<Sections>(Type.Object({ receivers: receiversSection, forward: forwardSection }));

/** Receivers and forwarder as the program joins them, on free ports. */
export async function startSentinel(backends: Readonly<Record<string, unknown>>): Promise<Sentinel> {
  const anyPort = { endpoint: '127.0.0.1:0' };
  const written = { receivers: { otlp: { grpc: anyPort, http: anyPort } }, forward: { backends } };
  const result = load(JSON.stringify(written), { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new TypeError(JSON.stringify(result.problems));
  const metrics = createSelfMetrics();
  const common = { clock: systemClock, logger: createLogger('error'), metrics };
  const forwarder = createForwarder({ options: result.settings.forward, ...common });

  function handle(request: ExportRequest): Promise<ExportOutcome> {
    if (request.encoding === 'protobuf') return forwarder.forward(request, request.payload);
    const made = transcode(request.signal, request.payload);
    if (made.kind === 'protobuf') return forwarder.forward(request, made.bytes);
    return Promise.resolve({ kind: 'refused', cause: 'malformed', reason: made.reason });
  }

  const receivers = createOtlpReceivers({ options: result.settings.receivers.otlp, handle, ...common });
  await receivers.start();
  const { grpc, http } = receivers.addresses();
  return {
    httpUrl: `http://127.0.0.1:${http?.port ?? 0}`,
    grpcUrl: `http://127.0.0.1:${grpc?.port ?? 0}`,
    count: (name, labels = {}) =>
      metrics
        .samples()
        .filter(
          (found) => found.name === name && Object.entries(labels).every(([key, value]) => found.labels[key] === value),
        )
        .reduce((sum, { value }) => sum + value, 0),
    async stop() {
      await receivers.stop();
      await forwarder.stop();
    },
  };
}
