import type { RunningSentinel } from '../options.ts';

/** The first lines: where to look, and what can be done. */
export function introduction({ api, grpc, http }: RunningSentinel): string[] {
  return [
    'Sentinel with a demo shop',
    `  status page   ${api}/`,
    `  OTLP          gRPC ${new URL(grpc).host}, HTTP ${new URL(http).host}`,
    '  faults        type a name here, or in another terminal: npm run demo:fault -- <name>',
    '                "list" shows the menu, Ctrl-C ends everything',
    '',
  ];
}
