import type { Static, TSchema } from 'typebox';
import type { Part } from '../../runtime/yaml/understood.ts';
import type { PerformStep } from '../catalogue/catalogue.ts';

/** What every type is given beside its own settings. */
export interface TypeParts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Of the environment; undefined when there is no such name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A kind of thing that can be done. A new one is a file of its own and a line in `action-types.ts`. */
export interface ActionType<Schema extends TSchema = TSchema> {
  /** Of `with:`. */
  readonly schema: Schema;
  /** The settings as something that can be performed, or what is wrong with them. */
  make(settings: Static<Schema>, path: readonly (string | number)[], parts: TypeParts): Part<PerformStep>;
}
