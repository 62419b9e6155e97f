/** What the filters of a list of series compare. */
interface Listed {
  readonly title: string;
  readonly service: string;
  readonly state: string;
  readonly tier?: string | undefined;
}

interface ListFilter {
  readonly q?: string | undefined;
  readonly service?: readonly string[] | undefined;
  readonly state?: string | readonly string[] | undefined;
  readonly tier?: string | undefined;
}

/** Whether an element is listed. An empty list of services or states means all. */
export function createMatcher({ q = '', service = [], state = [], tier }: ListFilter): (listed: Listed) => boolean {
  const text = q.toLowerCase();
  const services = new Set(service);
  const states = new Set(typeof state === 'string' ? [state] : state);
  return (listed) =>
    (states.size === 0 || states.has(listed.state)) &&
    (tier === undefined || listed.tier === tier) &&
    (services.size === 0 || services.has(listed.service)) &&
    (text === '' || listed.title.toLowerCase().includes(text));
}
