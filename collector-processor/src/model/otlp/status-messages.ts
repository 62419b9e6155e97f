import { many, one } from './field.ts';

/** What an OTLP server answers when it refuses: google.rpc.Status, and RetryInfo packed into an Any. */
export const statusMessages = {
  Status: [one(1, 'code', 'int32'), one(2, 'message', 'string'), many(3, 'details', 'Any')],
  Any: [one(1, 'typeUrl', 'string'), one(2, 'value', 'bytes')],
  RetryInfo: [one(1, 'retryDelay', 'Duration')],
  Duration: [one(1, 'seconds', 'int64'), one(2, 'nanos', 'int32')],
} as const;

/** `typeUrl` of an Any that holds a RetryInfo. */
export const retryInfoTypeUrl = 'type.googleapis.com/google.rpc.RetryInfo';
