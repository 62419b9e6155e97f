import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import type { AlertRule } from '../../slo/rules/rule-file.ts';

const folder = join(import.meta.dirname, '../../../../alerting-rules');

/** The alerts of one file of alerting-rules/. */
export interface AlertSubject {
  readonly name: string;
  readonly groups: readonly AlertGroup[];
}

export interface AlertGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly AlertRule[];
}

/** To whom alerts go, as alerting-rules/notify/routes.yaml says. */
export interface NotifyRoutes {
  readonly receiver: { readonly name: string; readonly url: string; readonly token: string };
  readonly group_by: readonly string[];
  readonly quiet: {
    readonly name: string;
    readonly time_zone: string;
    readonly nights: { readonly from: string; readonly until: string };
    readonly weekdays: readonly string[];
  };
  readonly routes: readonly {
    readonly severity: string;
    readonly wait: string;
    readonly every: string;
    readonly repeat: string;
    readonly quiet: boolean;
  }[];
}

/** The shipped alerts, by the names of their files. */
export function readAlertPack(): readonly AlertSubject[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((file) => {
    const { groups } = parse(readFileSync(join(folder, file), 'utf8')) as { readonly groups: readonly AlertGroup[] };
    return { name: basename(file, '.yaml'), groups };
  });
}

export function readNotifyRoutes(): NotifyRoutes {
  return parse(readFileSync(join(folder, 'notify/routes.yaml'), 'utf8')) as NotifyRoutes;
}

/** The text of a message, as a template of Go. */
export function readMessageTemplate(): string {
  return readFileSync(join(folder, 'notify/message.tmpl'), 'utf8');
}
