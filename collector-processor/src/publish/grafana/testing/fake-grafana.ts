/** The part of Grafana's HTTP interface that the annotator speaks, as observed on a real 13.1. Not a Grafana: see `npm run test:grafana`. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface FakeAnnotation {
  readonly id: number;
  time: number;
  timeEnd: number;
  text: string;
  tags: string[];
  readonly dashboardUID: string;
}

interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
}

/** What the server does instead of its work. `lost`: it does its work and the answer never arrives. */
type Mood =
  | { readonly kind: 'well' }
  | {
      readonly kind: 'answers';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: 'lost' }
  | { readonly kind: 'silent' };

export interface FakeGrafana {
  readonly url: string;
  readonly annotations: FakeAnnotation[];
  readonly requests: FakeRequest[];
  /** For all methods, or for one. */
  setMood(mood: Mood, method?: string): void;
  close(): Promise<void>;
}

export async function startFakeGrafana(): Promise<FakeGrafana> {
  const annotations: FakeAnnotation[] = [];
  const requests: FakeRequest[] = [];
  const moods = new Map<string, Mood>();
  let lastId = 0;

  function create(body: Partial<FakeAnnotation>): object {
    lastId += 1;
    const { time = 0, timeEnd = time, tags = [], dashboardUID = '' } = body;
    annotations.push({ id: lastId, time, timeEnd, text: body.text ?? '', tags, dashboardUID });
    return { id: lastId, message: 'Annotation added' };
  }

  function work(method: string, url: URL, body: string): { status: number; reply: unknown } {
    const id = Number(url.pathname.split('/')[3]);
    if (method === 'GET') {
      const tags = url.searchParams.getAll('tags');
      return { status: 200, reply: annotations.filter((one) => tags.every((tag) => one.tags.includes(tag))) };
    }
    if (method === 'DELETE') {
      const place = annotations.findIndex((one) => one.id === id);
      if (place >= 0) annotations.splice(place, 1);
      return { status: place < 0 ? 404 : 200, reply: { message: 'Annotation deleted' } };
    }
    const parsed = JSON.parse(body) as Partial<FakeAnnotation>;
    if (method === 'POST') return { status: 200, reply: create(parsed) };
    const known = annotations.find((one) => one.id === id);
    if (known === undefined) return { status: 403, reply: { message: 'You need additional permissions' } };
    Object.assign(known, parsed);
    return { status: 200, reply: { message: 'Annotation patched' } };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request;
    requests.push({ method, path: url, authorization: request.headers.authorization ?? '' });
    const body = await text(request);
    const mood = moods.get(method) ?? moods.get('*') ?? { kind: 'well' };
    if (mood.kind === 'silent') return;
    if (mood.kind === 'answers') {
      response.writeHead(mood.status, mood.headers).end(mood.body ?? '{"message":"in a mood"}');
      return;
    }
    const { status, reply } = work(method, new URL(url, 'http://fake'), body);
    if (mood.kind === 'lost') request.socket.destroy();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    annotations,
    requests,
    setMood: (mood, method = '*') => void moods.set(method, mood),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
