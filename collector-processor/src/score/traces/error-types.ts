import { FAILED, spanAttributes, type SpanColumns } from '../../model/columns.ts';
import { ABSENT } from '../../model/symbols.ts';

const width = spanAttributes.length;
const errorType = spanAttributes.indexOf('error.type');
const statusCode = spanAttributes.indexOf('http.response.status_code');

/** Columns that the type of an error is made of, beside the exception's. */
export const errorColumns: readonly number[] = [errorType, statusCode];
/** A status code, of which only the class counts: 500 and 503 are one kind of trouble. */
const code = /^[1-5]\d\d$/;

/** Whether a span has an error worth a type: it failed, or it was refused (4xx), which servers do not call a failure. */
export function hasError({ statusCode: status, projected, exceptionType }: SpanColumns, i: number): boolean {
  if (status[i] === FAILED || exceptionType[i] !== ABSENT) return true;
  return projected[i * width + errorType] !== ABSENT || projected[i * width + statusCode] !== ABSENT;
}

/** `error.type`, else the exception's type, else the class of the status; empty where nothing went wrong. */
export function errorTypeOf(columns: SpanColumns, i: number): string {
  const { projected, symbols, exceptionType, statusCode: status } = columns;
  const stated = symbols.text(projected[i * width + errorType] ?? ABSENT);
  const http = classOf(symbols.text(projected[i * width + statusCode] ?? ABSENT));
  const failed = status[i] === FAILED;
  if (stated !== '') return classOf(stated) || stated;
  if (failed && exceptionType[i] !== ABSENT) return symbols.text(exceptionType[i] ?? ABSENT);
  if (http >= 'HTTP 4xx') return http;
  return failed ? 'unspecified' : '';
}

/** `HTTP 5xx`; empty for anything but a status code. */
function classOf(text: string): string {
  return code.test(text) ? `HTTP ${text.charAt(0)}xx` : '';
}
