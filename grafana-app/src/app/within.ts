/** Thrown when something took longer than it may. */
export class TimeLimitError extends Error {
  constructor(limitMs: number) {
    super(`no answer within ${Math.round(limitMs / 1000)} s`);
    this.name = 'TimeLimitError';
  }
}

/** The promise, or a TimeLimitError when it takes longer. */
export function within<Value>(limitMs: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeLimitError(limitMs)), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
