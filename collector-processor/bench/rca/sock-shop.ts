import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseSeries, CauseCase, Measure } from '../../src/correlate/causes/cause-case.ts';
import { columnsOf } from './csv.ts';

const measures: Readonly<Record<string, Measure>> = {
  cpu: 'saturation',
  mem: 'saturation',
  lod: 'requests',
  lat: 'latency',
};

export interface SockShopCase {
  readonly name: string;
  readonly service: string;
  readonly facts: CauseCase;
}

/** Cases `<service>-<fault>/<n>/{normal,anomalous}.csv`: no calls, no logs, and nobody says which series was first. */
export function* readSockShop(directory: string): Generator<SockShopCase> {
  for (const name of readdirSync(directory).sort()) {
    for (const number of readdirSync(join(directory, name)).sort()) {
      const [normal, odd] = ['normal.csv', 'anomalous.csv'].map((file) =>
        columnsOf(readFileSync(join(directory, name, number, file), 'utf8')),
      );
      if (normal === undefined || odd === undefined) continue;
      const timesMs = (odd.get('time') ?? []).map((time) => time * 1000);
      const series = [...odd].flatMap(([column, values]): CaseSeries[] => {
        const [, service = '', measure = ''] = /^(.+?)_(cpu|mem|lod|lat)/.exec(column) ?? [];
        const kind = measures[measure];
        if (kind === undefined) return [];
        return [
          {
            id: column,
            service,
            name: column,
            title: column,
            measure: kind,
            unit: '',
            usual: normal.get(column) ?? [],
            timesMs,
            values,
          },
        ];
      });
      const alarm = { service: '', seriesId: '', atMs: timesMs[0] ?? 0 };
      const service = name.slice(0, name.lastIndexOf('-'));
      yield {
        name: `${name}/${number}`,
        service,
        facts: { version: 1, alarm, series, calls: [], logs: [], changes: [] },
      };
    }
  }
}
