import { type Signal } from '../../src/model/signal.ts';
import { type Case, until } from '../grafana/suite.ts';
import { contentOf, shortDigest } from './content.ts';
import { knownFingerprints } from './known-fingerprints.ts';
import { type Known } from './known-items.ts';
import { type Pipeline } from './pipeline.ts';

export interface ClientCase {
  readonly name: string;
  readonly signal: Signal;
  readonly skip?: string | undefined;
  readonly count: number;
  /** Encoding and compression that the backend must see, because Sentinel passes bytes on as they came. */
  readonly arrivesAs: string;
  /** Sends the known items of that service and returns when the client says that all are delivered. */
  readonly send: (known: Known, pipeline: Pipeline) => Promise<void>;
}

/** Sends known items through the pipeline; every one must arrive once, with the content it was sent with. */
export function knownCase({ name, signal, skip, count, arrivesAs, send }: ClientCase, pipeline: Pipeline): Case {
  return {
    name,
    skip,
    async run() {
      const known = { service: name, count };
      const sent = contentOf(knownFingerprints(signal, known));
      await send(known, pipeline);
      const arrived = await untilArrived(pipeline, signal, { service: name, items: sent.items });
      const line = `sent ${sent.items} ${shortDigest(sent)}, arrived ${arrived.items} ${shortDigest(arrived)}`;
      process.stdout.write(`  ${line}\n`);
      if (arrived.items !== sent.items) throw new Error(`${line}: items were lost or doubled`);
      if (arrived.digest !== sent.digest) throw new Error(`${line}: the content differs`);
      const forms = pipeline.formsOf(signal, name).join(', ');
      if (forms !== arrivesAs) throw new Error(`it arrived as ${forms} instead of ${arrivesAs}`);
    },
  };
}

/** Waits for that many items of the service; more are given too. */
export function untilArrived(
  pipeline: Pipeline,
  signal: Signal,
  { service, items }: { service: string; items: number },
) {
  return until(`${items} items of ${service}`, () => {
    const arrived = pipeline.arrived(signal, service);
    return arrived.items >= items ? arrived : undefined;
  });
}
