import { exec } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { loadSettings } from '../../src/config/schema.ts';
import { createRandom } from '../../src/testing/random.ts';
import { dropStore, openAudit } from './audit.ts';
import { Member } from './child-process.ts';

type How = 'kill' | 'freeze' | 'stop' | 'restart';

interface StandbyRun {
  readonly url: string;
  /** Restarts the server. */
  readonly restart: string | undefined;
  readonly rounds: number;
  /** Of the lease. */
  readonly duration: number;
  readonly fenced: boolean;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

export interface StandbyTotals {
  readonly written: number;
  readonly late: number;
  readonly takeOvers: readonly { readonly how: How; readonly ms: number }[];
}

/** How long a process that was woken up gets to do wrong. */
const REGRET_MS = 1_000;

export async function runStandby(run: StandbyRun): Promise<StandbyTotals> {
  const { url, duration, fenced, tell } = run;
  const schema = `sentinel_standby_${process.pid}`;
  const store = { ...storeDefaults(), url };
  const lease = { duration, renewEvery: Math.floor(duration * 0.3) };
  const options = { store: { ...store, postgres: { ...store.postgres, schema, lease } }, fenced };
  await dropStore(url, schema);
  let [active, standby] = [new Member(options), undefined as Member | undefined];
  await active.until('active');
  const audit = await openAudit(url, schema);
  const random = createRandom(run.seed).next;
  const hows: readonly How[] = fenced
    ? ['kill', 'freeze', 'stop', ...(run.restart === undefined ? [] : ['restart' as const])]
    : ['freeze'];
  const takeOvers: { how: How; ms: number }[] = [];
  try {
    for (let round = 0; round < run.rounds; round++) {
      standby ??= new Member(options);
      await standby.until('standby');
      await delay(random() * lease.renewEvery);
      const how = hows[round % hows.length] ?? 'kill';
      const ms = await replace(how, { active, standby, restart: run.restart });
      takeOvers.push({ how, ms });
      const { written, late } = await audit.count();
      tell(`round ${round}: ${how}, ${ms} ms, ${written} rows, ${late} late`);
      if (how === 'freeze') [active, standby] = [standby, active];
      else if (how !== 'restart') [active, standby] = [standby, undefined];
      else if (standby.state === 'active') [active, standby] = [standby, active];
    }
    return { ...(await audit.count()), takeOvers };
  } finally {
    await active.end('SIGKILL');
    await standby?.end('SIGKILL');
    await audit.close();
  }
}

interface Pair {
  readonly active: Member;
  readonly standby: Member;
  readonly restart: string | undefined;
}

/** Milliseconds until there is an active process again. */
async function replace(how: How, { active, standby, restart }: Pair): Promise<number> {
  const beganMs = Date.now();
  if (how === 'kill') await active.end('SIGKILL');
  if (how === 'stop') await active.end('SIGTERM');
  if (how === 'freeze') active.signal('SIGSTOP');
  if (how === 'restart' && restart !== undefined) {
    await promisify(exec)(restart);
    while (active.state !== 'active' && standby.state !== 'active') await delay(5);
    return Date.now() - beganMs;
  }
  const ms = (await standby.until('active')) - beganMs;
  if (how === 'freeze') {
    active.signal('SIGCONT');
    await active.until('standby');
    await delay(REGRET_MS);
  }
  return ms;
}

function storeDefaults() {
  const result = loadSettings('', { env: {}, readFile: () => '' });
  if (result.kind === 'invalid') throw new Error('The defaults are invalid.');
  return result.settings.store;
}
