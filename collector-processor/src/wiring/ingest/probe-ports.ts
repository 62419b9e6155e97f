import { createServer } from 'node:net';
import type { Settings } from '../../config/schema.ts';
import { listen } from '../../receivers/listen.ts';

/**
 * Whether ports are free: threads that share one would also share it with another program of the same user, which would go
 * unnoticed. Throws SENTINEL_LISTEN_FAILED.
 */
export async function probePorts({ receivers: { otlp } }: Settings): Promise<void> {
  for (const wire of ['grpc', 'http'] as const) {
    const { enabled, endpoint } = otlp[wire];
    if (!enabled) continue;
    const server = createServer();
    await listen(server, { endpoint, setting: `receivers.otlp.${wire}.endpoint`, shared: false });
    await new Promise((resolve) => server.close(resolve));
  }
}
