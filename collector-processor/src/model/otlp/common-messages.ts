import { either, many, one } from './field.ts';

/** opentelemetry.proto.common.v1 and resource.v1. */
export const commonMessages = {
  AnyValue: [
    either(1, 'stringValue', 'string'),
    either(2, 'boolValue', 'bool'),
    either(3, 'intValue', 'int64'),
    either(4, 'doubleValue', 'double'),
    either(5, 'arrayValue', 'ArrayValue'),
    either(6, 'kvlistValue', 'KeyValueList'),
    either(7, 'bytesValue', 'bytes'),
  ],
  ArrayValue: [many(1, 'values', 'AnyValue')],
  KeyValueList: [many(1, 'values', 'KeyValue')],
  KeyValue: [one(1, 'key', 'string'), one(2, 'value', 'AnyValue')],
  InstrumentationScope: [
    one(1, 'name', 'string'),
    one(2, 'version', 'string'),
    many(3, 'attributes', 'KeyValue'),
    one(4, 'droppedAttributesCount', 'uint32'),
  ],
  EntityRef: [
    one(1, 'schemaUrl', 'string'),
    one(2, 'type', 'string'),
    many(3, 'idKeys', 'string'),
    many(4, 'descriptionKeys', 'string'),
  ],
  Resource: [
    many(1, 'attributes', 'KeyValue'),
    one(2, 'droppedAttributesCount', 'uint32'),
    many(3, 'entityRefs', 'EntityRef'),
  ],
} as const;
