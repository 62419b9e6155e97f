import type { GrafanaOptions } from './grafana/grafana-options.ts';
import type { LanguageModelOptions } from './language-model/options.ts';

/** The section `api` of the settings, resolved: sizes in bytes, times in milliseconds. */
export interface ApiOptions {
  readonly endpoint: string;
  readonly tls: { readonly certFile: string; readonly keyFile: string; readonly clientCaFile: string };
  /** Whoever reaches the port may read without a token. */
  readonly anonymousRead: boolean;
  readonly maxBodySize: number;
  readonly maxWebhookSize: number;
  readonly maxHeaderSize: number;
  readonly maxConnections: number;
  readonly requestTimeout: number;
  readonly idleTimeout: number;
  readonly failedTokensPerMinute: number;
  readonly languageModel: LanguageModelOptions;
  readonly grafana: GrafanaOptions;
  readonly events: EventOptions;
}

export interface EventOptions {
  readonly maxListeners: number;
  readonly heartbeat: number;
  /** Events kept for listeners that come back. */
  readonly history: number;
  /** Bytes that may wait for one listener before it is let go. */
  readonly maxBacklog: number;
}
