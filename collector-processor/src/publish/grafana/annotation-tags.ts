import { shorten, singleLine } from './safe-text.ts';

/** JSON of all tags of one annotation, in bytes. Grafana's own limit is 500 by default, and 100 characters for a tag's value. */
const MAX_TAGS_BYTES = 200;
const MAX_SERVICE_LENGTH = 60;

/** `fixed` tags first, then the service (shortened until all fit), then the unique key by which the annotation is found again. */
export function annotationTags(fixed: readonly string[], service: string, key: string): string[] {
  for (let length = MAX_SERVICE_LENGTH; length > 0; length--) {
    const tags = [...fixed, ...serviceTag(service, length), key];
    if (Buffer.byteLength(JSON.stringify(tags)) <= MAX_TAGS_BYTES) return tags;
  }
  return [...fixed, key];
}

/** Dashboards filter by `service:$service`, so the name stays as it is except for what could be read as markup. */
function serviceTag(service: string, length: number): string[] {
  const name = singleLine(service).replace(/[<>]/g, '_');
  return name === '' ? [] : [`service:${shorten(name, length)}`];
}
