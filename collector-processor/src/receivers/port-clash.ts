import { readEndpoint } from '../runtime/endpoint.ts';
import { type OtlpReceiverOptions } from './options.ts';

type Wires = Pick<OtlpReceiverOptions, 'grpc' | 'http'>;

const wires = ['grpc', 'http'] as const;

/** Whether receivers with other settings want a port at another address, or for another wire, than those that have it now: then they cannot be open side by side. */
export function portsClash(now: Wires, next: Wires): boolean {
  return wires.some((one) =>
    wires.some((other) => {
      if (!now[one].enabled || !next[other].enabled) return false;
      if (one === other && now[one].endpoint === next[other].endpoint) return false;
      const port = readEndpoint(now[one].endpoint)?.port ?? 0;
      return port !== 0 && port === readEndpoint(next[other].endpoint)?.port;
    }),
  );
}
