import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to Grafana that can be slow or cut. Grafana does its work; only the answer is late. */
export interface SlowPath {
  readonly url: string;
  readonly requests: number;
  /** Answers are held back for up to that long. */
  delayMs: number;
  /** Connections are refused with 503 while it is cut. */
  cut: boolean;
  /** When the next POST has arrived. */
  nextPost(): Promise<void>;
  close(): Promise<void>;
}

export async function openSlowPath(target: string): Promise<SlowPath> {
  let requests = 0;
  const waiting: (() => void)[] = [];
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    if (incoming.method === 'POST') for (const wake of waiting.splice(0)) wake();
    if (path.cut) outgoing.writeHead(503).end('{}');
    else forward(incoming, outgoing);
  });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = incoming;
    const through = request(`${target}${url}`, { method, headers }, (answer) => {
      setTimeout(() => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }, Math.random() * path.delayMs);
    });
    through.on('error', () => outgoing.destroy());
    incoming.pipe(through);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const path: SlowPath = {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    delayMs: 0,
    cut: false,
    nextPost: () => new Promise((resolve) => waiting.push(resolve)),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return path;
}
