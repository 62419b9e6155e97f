import { many, one } from './field.ts';

/** opentelemetry.proto.logs.v1 and its collector service. */
export const logMessages = {
  ExportLogsServiceRequest: [many(1, 'resourceLogs', 'ResourceLogs')],
  ExportLogsServiceResponse: [one(1, 'partialSuccess', 'ExportLogsPartialSuccess')],
  ExportLogsPartialSuccess: [one(1, 'rejectedLogRecords', 'int64'), one(2, 'errorMessage', 'string')],
  ResourceLogs: [one(1, 'resource', 'Resource'), many(2, 'scopeLogs', 'ScopeLogs'), one(3, 'schemaUrl', 'string')],
  ScopeLogs: [
    one(1, 'scope', 'InstrumentationScope'),
    many(2, 'logRecords', 'LogRecord'),
    one(3, 'schemaUrl', 'string'),
  ],
  LogRecord: [
    one(1, 'timeUnixNano', 'fixed64'),
    one(2, 'severityNumber', 'SeverityNumber'),
    one(3, 'severityText', 'string'),
    one(5, 'body', 'AnyValue'),
    many(6, 'attributes', 'KeyValue'),
    one(7, 'droppedAttributesCount', 'uint32'),
    one(8, 'flags', 'fixed32'),
    one(9, 'traceId', 'id'),
    one(10, 'spanId', 'id'),
    one(11, 'observedTimeUnixNano', 'fixed64'),
    one(12, 'eventName', 'string'),
  ],
} as const;

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

/** SEVERITY_NUMBER_TRACE = 1, _TRACE2 = 2, … _FATAL4 = 24. */
function severityNumbers(): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = { SEVERITY_NUMBER_UNSPECIFIED: 0 };
  severities.forEach((severity, index) => {
    for (let step = 1; step <= 4; step++) {
      numbers[`SEVERITY_NUMBER_${severity}${step === 1 ? '' : String(step)}`] = index * 4 + step;
    }
  });
  return numbers;
}

export const logEnums = { SeverityNumber: severityNumbers() } as const;
