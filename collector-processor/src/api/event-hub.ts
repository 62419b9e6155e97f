import type { ServerResponse } from 'node:http';
import type { AnomalyEvent, Change } from '../model/anomaly.ts';
import type { IncidentEvent, IncidentSummary } from '../model/incident.ts';
import type { SloCrossing } from '../model/slo-crossing.ts';
import type { Clock } from '../runtime/clock.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { EventOptions } from './api-options.ts';
import { createEventRing } from './event-ring.ts';

/** Milliseconds after which a browser connects again. */
const RECONNECT_MS = 3_000;

interface EventHubOptions {
  readonly options: EventOptions;
  /** Names this run of the process; no hyphen in it. */
  readonly process: string;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
}

type Listener = Pick<ServerResponse, 'write' | 'destroy' | 'end' | 'on' | 'writableLength'>;

export interface EventHub {
  anomaly(event: AnomalyEvent): void;
  change(change: Change): void;
  /** What an incident has become, and by which entry of its timeline. */
  incident(incident: IncidentSummary, event: IncidentEvent): void;
  /** A budget began to burn, burned worse, or stopped. */
  budget(crossing: SloCrossing): void;
  hasRoom(): boolean;
  listen(listener: Listener, lastEventId: string | undefined): void;
  close(): void;
}

/**
 * Server-sent events to a bounded number of listeners. Who comes back with the id of its last event gets what it missed, as
 * long as that is kept. A listener that does not read is let go: it comes back by itself and is told what it missed.
 */
export function createEventHub({ options, process, clock, metrics }: EventHubOptions): EventHub {
  const ring = createEventRing(process, options.history);
  const listeners = new Set<Listener>();
  const closing = new AbortController();
  const help = 'Listeners of server-sent events.';
  metrics.gauge({ name: 'sentinel_api_event_listeners', help }, () => listeners.size);
  const slow = metrics.counter({
    name: 'sentinel_api_slow_event_listeners_total',
    help: 'Listeners let go because they did not read.',
  });
  let beating = false;

  function send(listener: Listener, text: string): void {
    if (listener.writableLength > options.maxBacklog) {
      slow.add(1);
      listeners.delete(listener);
      listener.destroy();
    } else listener.write(text);
  }

  function tell(event: string, data: unknown): void {
    const { text } = ring.add(event, data);
    for (const listener of listeners) send(listener, text);
  }

  /** Keeps proxies from closing a silent connection. */
  async function beat(): Promise<void> {
    beating = true;
    while (listeners.size > 0 && !closing.signal.aborted) {
      await clock.sleep(options.heartbeat, closing.signal);
      for (const listener of listeners) send(listener, ': still here\n\n');
    }
    beating = false;
  }

  return {
    anomaly: (event) => tell('anomaly', event),
    change: (change) => tell('change', { change }),
    incident: (incident, { sequence, atMs, actor, fact: { kind } }) =>
      tell('incident', { incident, event: { sequence, atMs, actor, kind } }),
    budget: (crossing) => tell('budget', { crossing }),
    hasRoom: () => listeners.size < options.maxListeners && !closing.signal.aborted,
    listen(listener, lastEventId) {
      const missed = lastEventId === undefined ? [] : ring.since(lastEventId);
      const state = { nowMs: clock.nowMs(), complete: missed !== undefined };
      listener.write(`retry: ${String(RECONNECT_MS)}\nevent: state\ndata: ${JSON.stringify(state)}\n\n`);
      for (const { text } of missed ?? []) listener.write(text);
      listeners.add(listener);
      listener.on('close', () => listeners.delete(listener));
      if (!beating) void beat();
    },
    close() {
      closing.abort();
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
