import type { Ports } from '../options.ts';

/** The first lines: where to look, and what can be done. */
export function introduction(ports: Ports): string[] {
  return [
    'Sentinel with a demo shop',
    `  status page   http://127.0.0.1:${ports.api}/`,
    `  OTLP          gRPC 127.0.0.1:${ports.grpc}, HTTP 127.0.0.1:${ports.http}`,
    '  faults        type a name here, or in another terminal: npm run demo:fault -- <name>',
    '                "list" shows the menu, Ctrl-C ends everything',
    '',
  ];
}
