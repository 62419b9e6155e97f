import type { Readable } from 'node:stream';

/** Reads a stream as JSON; an empty one is undefined. */
export async function readJson(stream: Readable): Promise<unknown> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

/** Fields of a body that came from elsewhere; empty or zero when they are missing. */
export function textOf(body: unknown, name: string): string {
  const value = fieldOf(body, name);
  return typeof value === 'string' ? value : '';
}

export function numberOf(body: unknown, name: string): number {
  const value = fieldOf(body, name);
  return typeof value === 'number' ? value : 0;
}

export function listOf(body: unknown, name: string): readonly unknown[] {
  const value = fieldOf(body, name);
  return Array.isArray(value) ? value : [];
}

export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}
