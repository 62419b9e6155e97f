import type { BackendType } from './backend-type.ts';
import { loki } from './loki.ts';
import { otlp } from './otlp.ts';
import { otlphttp } from './otlphttp.ts';
import { tempo } from './tempo.ts';
import { victoriametrics } from './victoriametrics.ts';

const types: readonly BackendType[] = [victoriametrics, loki, tempo, otlphttp, otlp];

/** Type of a backend from its name, `<type>` or `<type>/<name>`. */
export function backendTypeOf(name: string): BackendType | undefined {
  const [type] = name.split('/', 1);
  return types.find((known) => known.type === type);
}

export const backendTypeNames: readonly string[] = types.map(({ type }) => type);
