import { type Attributes, logs, SeverityNumber } from '@opentelemetry/api';

/** Structured logs over OTLP; the SDK adds trace and span id of the active span. */
export interface ShopLog {
  info(message: string, attributes?: Attributes): void;
  warn(message: string, attributes?: Attributes): void;
  error(message: string, attributes?: Attributes): void;
  /** A caught error, with the attributes that the conventions give to exceptions. */
  failure(error: Error): void;
}

const severities = {
  info: { severityNumber: SeverityNumber.INFO, severityText: 'INFO' },
  warn: { severityNumber: SeverityNumber.WARN, severityText: 'WARN' },
  error: { severityNumber: SeverityNumber.ERROR, severityText: 'ERROR' },
} as const;

export function createShopLog(): ShopLog {
  const logger = logs.getLogger('shop');
  const write =
    (severity: keyof typeof severities) =>
    (body: string, attributes: Attributes = {}): void =>
      logger.emit({ ...severities[severity], body, attributes });
  const error = write('error');
  return {
    info: write('info'),
    warn: write('warn'),
    error,
    failure: (fault) =>
      error(fault.message, {
        'exception.type': fault.name,
        'exception.message': fault.message,
        'exception.stacktrace': fault.stack ?? '',
      }),
  };
}
