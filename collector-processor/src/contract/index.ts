/** The vocabulary of the REST API: schemas, and the types drawn from them. The one public entry of this package. */
export * from './anomaly.ts';
export * from './change.ts';
export * from './coverage.ts';
export * from './dead-letter.ts';
export * from './error.ts';
export * from './event.ts';
export * from './feedback.ts';
export * from './forecast.ts';
export * from './health.ts';
export * from './incident.ts';
export * from './injection.ts';
export * from './pipeline.ts';
export * from './reload.ts';
export * from './series.ts';
export * from './shadow.ts';
export * from './signal.ts';
export * from './token.ts';
