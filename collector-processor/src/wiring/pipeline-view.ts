import type { AddressInfo } from 'node:net';
import type { Pipeline, Traffic } from '../contract/pipeline.ts';
import { signals, type Signal } from '../model/signal.ts';
import type { BackendState } from '../publish/backends/backend.ts';

/** Counts of one signal. */
export interface PipelineTraffic {
  readonly signal: Signal;
  readonly requests: { readonly value: number };
  readonly items: { readonly value: number };
  readonly bytes: { readonly value: number };
  readonly refused: { readonly value: number };
}

interface PipelineParts {
  readonly traffic: Readonly<Record<Signal, PipelineTraffic>>;
  /** 0 before the first request. */
  readonly lastReceivedMs: number;
  readonly bucketMs: number;
  readonly addresses: { readonly grpc?: AddressInfo; readonly http?: AddressInfo };
  readonly backends: readonly BackendState[];
  readonly limits: readonly string[];
  readonly deadLetters: { readonly size: number; readonly bytes: number } | undefined;
  readonly scoredItems: (signal: Signal) => { readonly scored: number; readonly unscored: number };
}

/** What the stages say of themselves, in the words of the API. */
export function pipelineView(parts: PipelineParts): Omit<Pipeline, 'nowMs'> {
  const { traffic, lastReceivedMs, bucketMs, addresses, backends, deadLetters, limits } = parts;
  return {
    ...(lastReceivedMs === 0 ? {} : { lastReceivedMs }),
    bucketMs,
    receivers: (['grpc', 'http'] as const).flatMap((wire) => {
      const address = addresses[wire];
      return address === undefined ? [] : [{ wire, endpoint: `${address.address}:${address.port}` }];
    }),
    traffic: signals.map((signal) => trafficView(traffic[signal], parts.scoredItems(signal))),
    ...(deadLetters === undefined ? {} : { deadLetters: { letters: deadLetters.size, bytes: deadLetters.bytes } }),
    backends: backends.map((state) => ({ ...state, signals: [...state.signals] })),
    limits: [...limits],
  };
}

function trafficView(
  traffic: PipelineTraffic,
  scored: { readonly scored: number; readonly unscored: number },
): Traffic {
  return {
    signal: traffic.signal,
    requests: traffic.requests.value,
    items: traffic.items.value,
    bytes: traffic.bytes.value,
    refused: traffic.refused.value,
    ...scored,
  };
}
