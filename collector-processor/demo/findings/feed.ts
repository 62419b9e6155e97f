import type { Anomaly } from '../../src/contract/anomaly.ts';
import type { Change } from '../../src/contract/change.ts';
import { AnomalyNotice, ChangeNotice, StateNotice } from '../../src/contract/event.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { messageOf } from '../../src/runtime/errors.ts';
import { createReader } from './reader.ts';
import type { SentinelApi } from './sentinel-api.ts';
import { readServerEvents, type ServerEvent } from './server-events.ts';

const RECONNECT_MS = 500;

const readAnomaly = createReader(AnomalyNotice);
const readChange = createReader(ChangeNotice);
const readState = createReader(StateNotice);

export interface FeedOptions {
  readonly api: SentinelApi;
  readonly clock: Clock;
  readonly abort: AbortSignal;
  /** Each time that Sentinel says something about an anomaly. */
  readonly onAnomaly: (anomaly: Anomaly) => void;
  readonly onChange: (change: Change) => void;
  readonly onTrouble: (sentence: string) => void;
}

/** Follows Sentinel's event stream until aborted; after a gap the list of anomalies fills in what was missed. */
export async function followFindings(options: FeedOptions): Promise<void> {
  const { api, clock, abort, onTrouble } = options;
  const startedAtMs = clock.nowMs();
  let lastEventId = '';
  const isRunning = (): boolean => !abort.aborted;

  async function handle(event: ServerEvent): Promise<void> {
    const data: unknown = JSON.parse(event.data);
    if (event.id !== '') lastEventId = event.id;
    if (event.event === 'anomaly') options.onAnomaly(readAnomaly(data).anomaly);
    else if (event.event === 'change') options.onChange(readChange(data).change);
    else if (event.event === 'state' && !readState(data).complete) await catchUp();
  }

  async function catchUp(): Promise<void> {
    const page = await api.anomaliesSince(startedAtMs);
    for (const anomaly of page.items) options.onAnomaly(anomaly);
  }

  while (isRunning()) {
    try {
      for await (const event of readServerEvents(await api.events(lastEventId, abort))) await handle(event);
    } catch (error) {
      if (isRunning()) onTrouble(`The event stream broke: ${messageOf(error)}`);
    }
    await clock.sleep(RECONNECT_MS, abort);
  }
}
