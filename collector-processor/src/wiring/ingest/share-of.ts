import type { Settings } from '../../config/schema.ts';

type Backends = Settings['forward']['backends'];

/**
 * The settings of one of several ingest threads: what each has of its own, and the process has a bound for, is divided by
 * their number. Bytes in flight and memory are counted together (SharedNumber) and stay whole.
 */
export function shareOf(settings: Settings, threads: number): Settings {
  const { receivers, forward } = settings;
  const part = (whole: number): number => Math.ceil(whole / threads);
  const backends = Object.entries(forward.backends).map(([name, backend]) => {
    const { maxSize, maxRequests } = backend.queue;
    const queue = { maxSize: part(maxSize), maxRequests: part(maxRequests) };
    return [name, { ...backend, maxInFlight: part(backend.maxInFlight), queue }] as const;
  });
  const { spareMemory, maxConnections } = receivers.otlp;
  return {
    ...settings,
    receivers: {
      ...receivers,
      otlp: { ...receivers.otlp, spareMemory: part(spareMemory), maxConnections: part(maxConnections) },
    },
    forward: { ...forward, backends: Object.fromEntries<Backends[string]>(backends) },
  };
}
