import { getDataSourceSrv } from '@grafana/runtime';

interface Source {
  readonly uid: string;
  readonly name: string;
}

/** The data sources of a type, by name. Grafana adds its built-in one to every list. */
export function sourcesOf(type: string): Source[] {
  return getDataSourceSrv()
    .getList({ type })
    .filter((source) => source.type === type)
    .map(({ uid, name }) => ({ uid, name }));
}

/** Uid of the only data source of a type; undefined when there is none, or a choice. */
export function onlySource(type: string): string | undefined {
  const [only, ...others] = sourcesOf(type);
  return others.length === 0 ? only?.uid : undefined;
}
