import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What Grafana reads as files elsewhere; it comes with the program. */
const folder = join(import.meta.dirname, '../../../../provisioning');

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
}

/** The one on which annotations are drawn; the others come with the app. */
export function annotationsDashboard(): Dashboard {
  return JSON.parse(readFileSync(join(folder, 'dashboards/annotations/annotations.json'), 'utf8')) as Dashboard;
}

export interface DataSource {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly url: string;
}

/** Data sources as the files have them; `urls` by type stand where the files name a variable. */
export function bundledDataSources(urls: Readonly<Record<string, string | undefined>>): readonly DataSource[] {
  const text = readFileSync(join(folder, 'datasources/backends.yaml'), 'utf8');
  // Files have their dollar signs doubled.
  const { datasources } = parse(text.replaceAll('$$', '$')) as { readonly datasources: readonly DataSource[] };
  return datasources.flatMap((one) => {
    const url = urls[one.type];
    return url === undefined ? [] : [{ ...one, url }];
  });
}
