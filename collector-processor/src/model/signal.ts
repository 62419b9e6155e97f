export const signals = ['traces', 'metrics', 'logs'] as const;

/** The three signals of OTLP, in the words of its URL paths. */
export type Signal = (typeof signals)[number];
