/** What a place of Grafana shows, as far as services can be read from it. Grafana of another version may leave out any part. */
export interface Shown {
  readonly data?: {
    readonly series?: ReadonlyArray<{
      readonly fields?: ReadonlyArray<{ readonly labels?: Readonly<Record<string, string>> }>;
    }>;
  };
  readonly targets?: readonly unknown[];
}

/** Labels that name a service: OpenTelemetry's in its spellings first, then the habit. */
const labels = ['service_name', 'service.name', 'service'];
const matcher = /\b(?:service[._]name|service)["`]?\s*=~?\s*["`]([^"`]+)["`]/g;

/** Services by the labels of what was found; where nothing was found, by what the queries ask for. */
export function servicesShown({ data, targets = [] }: Shown): string[] {
  const found = (data?.series ?? []).flatMap(({ fields = [] }) => fields.flatMap((field) => serviceOf(field.labels)));
  return unique(found.length > 0 ? found : targets.flatMap(servicesAskedFor));
}

export function serviceOf(found: Readonly<Record<string, string>> | undefined): string[] {
  const name = labels.map((label) => found?.[label]).find((value) => value !== undefined && value !== '');
  return name === undefined ? [] : [name];
}

/** `service_name=~"cart|payment"` → both. Variables and patterns name no service. */
function servicesAskedFor(query: unknown): string[] {
  const texts = ['expr', 'query'].map((key) => field(query, key)).filter((text) => typeof text === 'string');
  const names = texts.flatMap((text) => [...text.matchAll(matcher)].flatMap(([, value = '']) => value.split('|')));
  return names.filter((name) => /^[\w./ -]+$/.test(name) && !name.includes('.*'));
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
