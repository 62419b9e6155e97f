import { join } from 'node:path';
import { createSentinelApi, type SentinelApi } from './findings/sentinel-api.ts';
import { createLoadGenerator } from './load/load-generator.ts';
import type { DemoOptions, Ports, RunningSentinel } from './options.ts';
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
  /** Where the demo's control listens. */
  readonly controlPort: number;
  readonly sentinel: RunningSentinel;
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

/** Starts the shop, and Sentinel beside it unless one runs already, in a folder that goes with them. */
export async function raiseStage(stage: StageOptions): Promise<Stage> {
  const { options, clock, narrator, abort, cleanup, onCrash } = stage;
  removeLeftovers();
  const folder = createWorkFolder();
  cleanup.defer(() => removeFolder(folder));
  const injectionsFile = join(folder, 'injections.json');
  const { ports, notes } = await choosePorts(options.ports, options.running === undefined ? undefined : ['control']);
  notes.forEach(narrator.info);
  const sentinel = options.running ?? startOwn(stage, { ports, folder, injectionsFile });

  const shop = createShop({ otlp: sentinel, seed: options.seed, onCrash });
  cleanup.defer(() => shop.stop());
  const api = createSentinelApi({ url: sentinel.api, fetch, clock });
  const random = createRandom(seedFor(options.seed, 'shoppers'));
  const load = createLoadGenerator({ random, port: () => shop.port('storefront') });
  cleanup.defer(() => load.stop());
  const up = Promise.all([shop.start(), api.ready(abort)]).then(() => undefined);
  return { shop, api, sentinel, controlPort: ports.control, injectionsFile, up, open: load.start };
}

interface Place {
  readonly ports: Ports;
  readonly folder: string;
  readonly injectionsFile: string;
}

function startOwn({ options, sentinelMain, cleanup, onCrash }: StageOptions, { ports, ...place }: Place) {
  const storeFile = join(place.folder, 'sentinel.sqlite');
  const sentinel = startSentinel({
    main: sentinelMain,
    folder: place.folder,
    config: sentinelConfig({ ...options, ports, storeFile, injectionsFile: place.injectionsFile }),
    env: options.servers.token === '' ? {} : { [TOKEN_VARIABLE]: options.servers.token },
  });
  cleanup.defer(() => sentinel.stop());
  void sentinel.child.exited.then((sentence) => {
    onCrash([sentence, ...sentinel.child.stderr()].join('\n').replace(/sntl_\S+/, 'sntl_…'));
  });
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  return { api: at(ports.api), grpc: at(ports.grpc), http: at(ports.http) };
}
