import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { type Attributes, context, type Context, createContextKey, type Span } from '@opentelemetry/api';

const templateKey = createContextKey('shop url template');

/** Tells the instrumentation the path without its ids, because only the caller knows it. */
export function withUrlTemplate(template: string): Context {
  return context.active().setValue(templateKey, template);
}

/** Hosts in the shop are named as their services. */
export function peerOf(options: RequestOptions): Attributes {
  return typeof options.host === 'string' ? { 'peer.service': options.host } : {};
}

/** `POST` becomes `POST /charges` (semantic conventions: method and url.template). */
export function nameClientSpan(span: Span, request: ClientRequest | IncomingMessage): void {
  const template = context.active().getValue(templateKey);
  if (typeof template !== 'string') return;
  span.updateName(`${request.method ?? 'GET'} ${template}`);
  span.setAttribute('url.template', template);
}
