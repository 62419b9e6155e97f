import { join } from 'node:path';
import { createSentinelApi, type SentinelApi } from './findings/sentinel-api.ts';
import { createLoadGenerator } from './load/load-generator.ts';
import type { DemoOptions, Ports } from './options.ts';
import { choosePorts } from './processes/choose-ports.ts';
import { sentinelConfig, TOKEN_VARIABLE } from './processes/sentinel-config.ts';
import { startSentinel } from './processes/sentinel-process.ts';
import { createWorkFolder, removeFolder, removeLeftovers } from './processes/work-folder.ts';
import { createRandom, seedFor } from './random.ts';
import { createShop, type Shop } from './shop/shop.ts';
import type { Surroundings } from './surroundings.ts';

export interface Stage {
  readonly shop: Shop;
  readonly api: SentinelApi;
  readonly ports: Ports;
  /** Where the status page reads what was injected. */
  readonly injectionsFile: string;
  /** Sentinel is ready and the whole shop is up. */
  readonly up: Promise<void>;
  /** Lets the shoppers in. */
  open(): void;
}

export interface StageOptions extends Pick<Surroundings, 'clock' | 'narrator' | 'sentinelMain'> {
  readonly options: DemoOptions;
  readonly abort: AbortSignal;
  /** Undoes everything, last first. */
  readonly cleanup: AsyncDisposableStack;
  /** A process that should run has ended. */
  readonly onCrash: (sentence: string) => void;
}

/** Starts Sentinel and the shop beside each other, in a folder that goes with them. */
export async function raiseStage(stage: StageOptions): Promise<Stage> {
  const { options, clock, narrator, abort, cleanup, onCrash } = stage;
  removeLeftovers();
  const folder = createWorkFolder();
  cleanup.defer(() => removeFolder(folder));
  const injectionsFile = join(folder, 'injections.json');
  const { ports, notes } = await choosePorts(options.ports);
  notes.forEach(narrator.info);

  const storeFile = join(folder, 'sentinel.sqlite');
  const sentinel = startSentinel({
    main: stage.sentinelMain,
    folder,
    config: sentinelConfig({ ...options, ports, storeFile, injectionsFile }),
    env: options.servers.token === '' ? {} : { [TOKEN_VARIABLE]: options.servers.token },
  });
  cleanup.defer(() => sentinel.stop());
  void sentinel.child.exited.then((sentence) => {
    onCrash([sentence, ...sentinel.child.stderr()].join('\n').replace(/sntl_\S+/, 'sntl_…'));
  });

  const otlp = { grpc: `http://127.0.0.1:${ports.grpc}`, http: `http://127.0.0.1:${ports.http}` };
  const shop = createShop({ otlp, seed: options.seed, onCrash });
  cleanup.defer(() => shop.stop());
  const api = createSentinelApi({ url: `http://127.0.0.1:${ports.api}`, fetch, clock });
  const random = createRandom(seedFor(options.seed, 'shoppers'));
  const load = createLoadGenerator({ random, port: () => shop.port('storefront') });
  cleanup.defer(() => load.stop());
  const up = Promise.all([shop.start(), api.ready(abort)]).then(() => undefined);
  return { shop, api, ports, injectionsFile, up, open: load.start };
}
