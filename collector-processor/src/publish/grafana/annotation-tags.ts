import { shorten, singleLine } from './safe-text.ts';

/** JSON of all tags of one annotation, in bytes. Grafana's own limit is 500 by default, and 100 characters for a tag's value. */
const MAX_TAGS_BYTES = 200;
const MAX_SERVICE_LENGTH = 60;

/**
 * `fixed` tags first, then as many of the services as fit whole (the first one shortened when not even it does), then the
 * unique key by which the annotation is found again.
 */
export function annotationTags(fixed: readonly string[], services: readonly string[], key: string): string[] {
  for (let count = services.length; count > 0; count--) {
    const tags = [...fixed, ...services.slice(0, count).flatMap((service) => serviceTag(service)), key];
    if (fits(tags)) return tags;
  }
  const [first = ''] = services;
  for (let length = MAX_SERVICE_LENGTH; length > 0; length--) {
    const tags = [...fixed, ...serviceTag(first, length), key];
    if (fits(tags)) return tags;
  }
  return [...fixed, key];
}

function fits(tags: readonly string[]): boolean {
  return Buffer.byteLength(JSON.stringify(tags)) <= MAX_TAGS_BYTES;
}

/** Dashboards filter by `service:$service`, so the name stays as it is except for what could be read as markup. */
function serviceTag(service: string, length = MAX_SERVICE_LENGTH): string[] {
  const name = singleLine(service).replace(/[<>]/g, '_');
  return name === '' ? [] : [`service:${shorten(name, length)}`];
}
