import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a contact point of Grafana posts. */
export interface Notification {
  readonly authorization: string;
  readonly title: string;
  readonly message: string;
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

export interface WebhookSink {
  readonly url: string;
  readonly received: readonly Notification[];
  close(): Promise<void>;
}

export async function openWebhookSink(): Promise<WebhookSink> {
  const received: Notification[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const told = JSON.parse(body) as Omit<Notification, 'authorization'>;
      received.push({ ...told, authorization: request.headers.authorization ?? '' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
