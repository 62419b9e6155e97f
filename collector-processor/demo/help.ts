import { faultMenu } from './faults/menu.ts';

/** `npm start -- --help` */
export function helpText(): string {
  const width = Math.max(...faultMenu.map(({ name }) => name.length));
  const faults = faultMenu.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  return `Sentinel with a small shop in front of it, whose faults it is to find.

usage: npm start -- [options]

  --menu a,b          faults to inject, in this order (default: all)
  --once              run the menu once and end: exit code 0 when all were found, else 1
  --json              print one JSON object as the last line
  --bucket 1s         step in which Sentinel scores
  --learn 50s         time to learn before the first fault
  --quiet 10s         quiet time after learning; findings in it count as false
  --gap 10s           quiet time between faults
  --seed 1            another number gives another shop
  --grpc-port 4317  --http-port 4318  --api-port 8480  --control-port 8481
                      a free port is taken where something else listens already

  --grafana URL --token TOKEN     annotations go to this Grafana (or SENTINEL_GRAFANA_TOKEN)
  --victoriametrics URL           metrics and scores go there, for example http://localhost:8428
  --loki URL                      logs, for example http://localhost:3100
  --tempo URL                     traces, for example http://localhost:3200
  --tempo-otlp URL                where Tempo takes OTLP, when that is another address

  --sentinel URL --otlp-grpc URL --otlp-http URL
                      a Sentinel that runs already: its API, which lets everybody read, and where it takes OTLP

faults
${faults.join('\n')}

While it runs, type the name of a fault, "list", "report" or "quit"; from another terminal: npm run demo:fault -- <fault>
`;
}
