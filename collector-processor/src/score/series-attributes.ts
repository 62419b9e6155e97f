/** Said without their keys, in this order: everybody reads `GET /cart 200`. */
const SPOKEN = [
  'http.request.method',
  'rpc.method',
  'http.route',
  'db.operation.name',
  'db.collection.name',
  'messaging.operation.name',
  'messaging.destination.name',
  'http.response.status_code',
  'error.type',
];
/** The same for all streams of a service, or where it runs: nobody needs them to know which stream is meant. */
const UNTOLD = /^(url\.scheme|network\.|server\.|client\.|otel\.|telemetry\.|(rpc|db|messaging)\.system)/;
const MAX_PAIRS = 3;

/** Which of a metric's streams is meant, short enough for a sentence; the whole set stands in the finding. */
export function attributeText(attributes: Readonly<Record<string, string>>): string {
  const spoken = SPOKEN.flatMap((key) => attributes[key] ?? []);
  const others = Object.keys(attributes).filter((key) => !SPOKEN.includes(key));
  const telling = others.filter((key) => !UNTOLD.test(key));
  // A stream that has nothing else is told by these after all.
  const keys = telling.length === 0 && spoken.length === 0 ? others : telling;
  const pairs = keys.slice(0, MAX_PAIRS).map((key) => `${key}=${attributes[key] ?? ''}`);
  const more = keys.length > MAX_PAIRS ? ['…'] : [];
  return [...(spoken.length === 0 ? [] : [spoken.join(' ')]), ...pairs, ...more].join(', ');
}
