/** What the filters of a list of series compare. */
interface Listed {
  readonly title: string;
  readonly service: string;
  readonly state: string;
}

interface ListFilter {
  readonly q?: string | undefined;
  readonly service?: readonly string[] | undefined;
  readonly state?: string | undefined;
}

/** Whether an element is listed. An empty list of services means all. */
export function createMatcher({ q = '', service = [], state }: ListFilter): (listed: Listed) => boolean {
  const text = q.toLowerCase();
  const services = new Set(service);
  return (listed) =>
    (state === undefined || listed.state === state) &&
    (services.size === 0 || services.has(listed.service)) &&
    (text === '' || listed.title.toLowerCase().includes(text));
}
