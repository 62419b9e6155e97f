import type { Ports } from '../options.ts';
import { freePort } from './free-port.ts';

export interface ChosenPorts {
  readonly ports: Ports;
  /** One sentence for each port that had to give way. */
  readonly notes: readonly string[];
}

const uses: Readonly<Record<keyof Ports, string>> = {
  grpc: 'OTLP over gRPC',
  http: 'OTLP over HTTP',
  api: 'the status page',
  control: 'the demo’s control',
};

const all = ['grpc', 'http', 'api', 'control'] as const;

/** The wished ports, or free ones where something else listens already; of `own` ones only. */
export async function choosePorts(wished: Ports, own: readonly (keyof Ports)[] = all): Promise<ChosenPorts> {
  const notes: string[] = [];

  async function choose(name: keyof Ports): Promise<number> {
    const port = own.includes(name) ? await freePort(wished[name]) : wished[name];
    if (port !== wished[name]) notes.push(`Port ${wished[name]} is taken; ${uses[name]} uses ${port}.`);
    return port;
  }

  const [grpc, http, api, control] = await Promise.all([
    choose('grpc'),
    choose('http'),
    choose('api'),
    choose('control'),
  ]);
  return { ports: { grpc, http, api, control }, notes };
}
