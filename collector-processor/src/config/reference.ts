import { schemaOfAnyName, type SettingSchema } from '../runtime/yaml/setting-schema.ts';

/** The settings reference as Markdown: a section for each part of the file, a row for each setting. */
export function settingsReference(schema: SettingSchema): string {
  const sections = Object.entries(schema.properties ?? {}).map(([name, section]) => {
    const rows = rowsOf(section, name).join('\n');
    const description = section.description === undefined ? '' : `${section.description}\n\n`;
    return `## ${name}\n\n${description}| Setting | Default | Meaning |\n| --- | --- | --- |\n${rows}\n`;
  });
  return `# Settings\n\n${introduction}\n\n${sections.join('\n')}`;
}

const introduction = [
  'One YAML file, `sentinel serve --config FILE`; every setting is optional. Durations are written like `250ms`, `10s`, `5m`, `1h`,',
  '`7d`, sizes like `64KiB`, `4MiB`. `${env:NAME}`, `${env:NAME:-default}` and `${file:/path}` are replaced, `$$` is a dollar sign.',
  '`sentinel check` names the line and the remedy of every fault. This page is generated from the schema.',
].join('\n');

function rowsOf(schema: SettingSchema, path: string): string[] {
  const anyName = schemaOfAnyName(schema);
  if (anyName !== undefined) return [row(path, schema), ...rowsOf(anyName, `${path}.<name>`)];
  if (schema.items?.properties !== undefined) return [row(path, schema), ...rowsOf(schema.items, `${path}[]`)];
  if (schema.properties === undefined) return [row(path, schema)];
  return Object.entries(schema.properties).flatMap(([name, child]) => rowsOf(child, `${path}.${name}`));
}

function row(path: string, schema: SettingSchema): string {
  const byDefault = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
  const choices =
    schema.enum === undefined ? '' : ` One of ${schema.enum.map((value) => `\`${String(value)}\``).join(', ')}.`;
  const text = `${schema.description ?? ''}${choices}${rangeOf(schema)}`
    .replaceAll('|', String.raw`\|`)
    .replaceAll('\n', ' ');
  return `| \`${path}\` | ${byDefault.replaceAll('|', String.raw`\|`)} | ${text} |`;
}

/** Zero has been explained in the description, and the least unit goes without saying. */
function rangeOf({ least, most }: SettingSchema): string {
  if (least === undefined || most === undefined || ['0s', '0B', '1ms', '1B'].includes(least)) return '';
  return ` From ${least} to ${most}.`;
}
