import type { Settings } from '../config/schema.ts';
import type { Signal } from '../model/signal.ts';
import { createGraphFeed } from '../publish/findings/graph-feed.ts';
import { createPart } from '../runtime/part.ts';
import { createTenantHeaders } from '../runtime/tenant-headers.ts';
import type { ScoreStage } from '../score/score-stage.ts';
import type { Foundation } from './foundation.ts';

interface Sender {
  send(signal: Signal, protobuf: Uint8Array, headers: Readonly<Record<string, string>>): boolean;
  takes(signal: Signal): boolean;
}

export function createGraphPublishing(
  { settings, store, clock, metrics }: Foundation,
  { score, sender }: { readonly score: () => ScoreStage; readonly sender: () => Sender },
) {
  const isActive = (): boolean => store.duty.state() === 'active' && sender().takes('metrics');
  return createPart(
    {
      name: 'service graph',
      reads: ({ publish, receivers }: Settings) => [publish.serviceGraph, receivers.otlp.tenantHeaders],
      make({ publish: { serviceGraph: options }, receivers }: Settings) {
        const headers = createTenantHeaders(receivers.otlp.tenantHeaders);
        const send = (signal: Signal, protobuf: Uint8Array, tenant: string) =>
          void sender().send(signal, protobuf, headers(tenant));
        return createGraphFeed({ options, edges: () => score().edges(), isActive, send, clock });
      },
      metrics,
      exclusive: false,
    },
    settings,
  );
}
