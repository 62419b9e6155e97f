import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { choosePorts } from './choose-ports.ts';
import { freePort } from './free-port.ts';

test('a port that is taken gives way to a free one, and that is said', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const [http, api, control] = [await freePort(0), await freePort(0), await freePort(0)];
  const { ports, notes } = await choosePorts({ grpc: taken, http, api, control });
  expect(ports).toMatchObject({ http, api, control });
  expect(ports.grpc).not.toBe(taken);
  expect(notes).toEqual([`Port ${taken} is taken; OTLP over gRPC uses ${ports.grpc}.`]);
  // Ports of somebody else are what they are.
  expect(await choosePorts({ grpc: taken, http, api, control }, ['control'])).toEqual({
    ports: { grpc: taken, http, api, control },
    notes: [],
  });
  other.close();
});
