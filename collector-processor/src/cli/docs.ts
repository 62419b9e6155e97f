import { join } from 'node:path';
import { apiDocs } from '../api/api-docs-of-routes.ts';
import { settingsReference } from '../config/reference.ts';
import { settingsSchema } from '../config/schema.ts';
import { errorCodes } from '../runtime/errors.ts';
import type { SettingSchema } from '../runtime/yaml/setting-schema.ts';
import { provisioningFiles } from './alerting/provisioning-files.ts';
import { metricsPage } from './metrics-page.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'docs');
const provisioned = Object.entries(provisioningFiles());

/** Pages of docs/ that are drawn from the code, and files of provisioning/ that are drawn from alerting-rules/, by path. */
export const drawnPages: Readonly<Record<string, () => string | Promise<string>>> = {
  [join(folder, 'settings.md')]: () => settingsReference(settingsSchema as SettingSchema),
  [join(folder, 'errors.md')]: errorsPage,
  [join(folder, 'api.md')]: apiDocs,
  [join(folder, 'metrics.md')]: metricsPage,
  ...Object.fromEntries(provisioned.map(([path, text]) => [join(root, 'provisioning', path), () => text])),
};

function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  const head = 'Faults that stop a command or a part carry one of these codes. This page is drawn from the code.';
  return `# Error codes\n\n${head}\n\n| Code | Meaning |\n| --- | --- |\n${rows.join('\n')}\n`;
}
