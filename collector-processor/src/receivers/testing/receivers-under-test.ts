import { createLoader } from '../../config/load.ts';
import { receiversSection, type ReceiversSettings } from '../../config/sections/receivers.ts';
import { type ExportHandler, type ExportOutcome, type ExportRequest } from '../../model/export-request.ts';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { type OtlpReceiverOptions } from '../options.ts';
import { createOtlpReceivers } from '../otlp-receivers.ts';
import { Premises } from '../premises.ts';

/** What an empty configuration gives, on ports of the loopback that the system chooses; Jest itself needs more memory than the default. */
export function defaultOptions(): OtlpReceiverOptions {
  const yaml = 'otlp: { max_memory: 0B, grpc: { endpoint: "127.0.0.1:0" }, http: { endpoint: "127.0.0.1:0" } }';
  const result = createLoader<ReceiversSettings>(receiversSection)(yaml, { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.settings.otlp;
}

type Changes = Partial<Omit<OtlpReceiverOptions, 'grpc' | 'http'>> & {
  readonly grpc?: Partial<OtlpReceiverOptions['grpc']>;
  readonly http?: Partial<OtlpReceiverOptions['http']>;
};

/** Real receivers on real ports; requests are kept in the order of their arrival. */
export async function startReceivers(
  changes: Changes = {},
  handle: ExportHandler = accept,
  premises: Premises = new Premises(),
) {
  const defaults = defaultOptions();
  const options = {
    ...defaults,
    ...changes,
    grpc: { ...defaults.grpc, ...changes.grpc },
    http: { ...defaults.http, ...changes.http },
  };
  const requests: ExportRequest[] = [];
  const metrics = createSelfMetrics();
  const receivers = createOtlpReceivers({
    options,
    premises,
    clock: systemClock,
    logger: silentLogger,
    metrics,
    handle(request) {
      requests.push(request);
      return handle(request);
    },
  });
  await receivers.start();
  const { grpc, http } = receivers.addresses();
  return {
    receivers,
    requests,
    options,
    grpcPort: grpc?.port ?? 0,
    httpPort: http?.port ?? 0,
    stop: () => receivers.stop(),
    /** Sum over the label sets of a metric that contain all of `labels`, such as `wire="http"`. */
    metric(name: string, ...labels: string[]): number {
      const lines = metrics
        .render()
        .split('\n')
        .filter((line) => line.startsWith(name));
      const samples = lines.filter((line) => ['{', ' '].includes(line.charAt(name.length)));
      return samples
        .filter((line) => labels.every((label) => line.includes(label)))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
  };
}

export type ReceiversUnderTest = Awaited<ReturnType<typeof startReceivers>>;

export function accept(): Promise<ExportOutcome> {
  return Promise.resolve({ kind: 'accepted' });
}

/** Waits for something that happens on another side of a socket. */
export async function until(condition: () => boolean, limitMs = 5000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`did not happen within ${limitMs} ms`);
    await systemClock.sleep(5);
  }
}
