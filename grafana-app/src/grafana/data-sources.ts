import { getDataSourceSrv } from '@grafana/runtime';

/** Uid of the only data source of a type; undefined when there is none, or a choice. */
export function onlySource(type: string): string | undefined {
  const [only, ...others] = getDataSourceSrv().getList({ type });
  return others.length === 0 ? only?.uid : undefined;
}
