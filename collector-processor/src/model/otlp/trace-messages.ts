import { many, one } from './field.ts';

/** opentelemetry.proto.trace.v1 and its collector service. */
export const traceMessages = {
  ExportTraceServiceRequest: [many(1, 'resourceSpans', 'ResourceSpans')],
  ExportTraceServiceResponse: [one(1, 'partialSuccess', 'ExportTracePartialSuccess')],
  ExportTracePartialSuccess: [one(1, 'rejectedSpans', 'int64'), one(2, 'errorMessage', 'string')],
  ResourceSpans: [one(1, 'resource', 'Resource'), many(2, 'scopeSpans', 'ScopeSpans'), one(3, 'schemaUrl', 'string')],
  ScopeSpans: [one(1, 'scope', 'InstrumentationScope'), many(2, 'spans', 'Span'), one(3, 'schemaUrl', 'string')],
  Span: [
    one(1, 'traceId', 'id'),
    one(2, 'spanId', 'id'),
    one(3, 'traceState', 'string'),
    one(4, 'parentSpanId', 'id'),
    one(5, 'name', 'string'),
    one(6, 'kind', 'SpanKind'),
    one(7, 'startTimeUnixNano', 'fixed64'),
    one(8, 'endTimeUnixNano', 'fixed64'),
    many(9, 'attributes', 'KeyValue'),
    one(10, 'droppedAttributesCount', 'uint32'),
    many(11, 'events', 'SpanEvent'),
    one(12, 'droppedEventsCount', 'uint32'),
    many(13, 'links', 'SpanLink'),
    one(14, 'droppedLinksCount', 'uint32'),
    one(15, 'status', 'SpanStatus'),
    one(16, 'flags', 'fixed32'),
  ],
  SpanEvent: [
    one(1, 'timeUnixNano', 'fixed64'),
    one(2, 'name', 'string'),
    many(3, 'attributes', 'KeyValue'),
    one(4, 'droppedAttributesCount', 'uint32'),
  ],
  SpanLink: [
    one(1, 'traceId', 'id'),
    one(2, 'spanId', 'id'),
    one(3, 'traceState', 'string'),
    many(4, 'attributes', 'KeyValue'),
    one(5, 'droppedAttributesCount', 'uint32'),
    one(6, 'flags', 'fixed32'),
  ],
  SpanStatus: [one(2, 'message', 'string'), one(3, 'code', 'StatusCode')],
} as const;

export const traceEnums = {
  SpanKind: {
    SPAN_KIND_UNSPECIFIED: 0,
    SPAN_KIND_INTERNAL: 1,
    SPAN_KIND_SERVER: 2,
    SPAN_KIND_CLIENT: 3,
    SPAN_KIND_PRODUCER: 4,
    SPAN_KIND_CONSUMER: 5,
  },
  StatusCode: { STATUS_CODE_UNSET: 0, STATUS_CODE_OK: 1, STATUS_CODE_ERROR: 2 },
} as const;
