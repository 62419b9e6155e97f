const millisecondsPerUnit: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/** The `grpc-timeout` header in milliseconds; `undefined` when it does not fit the protocol (1–8 digits and a unit). */
export function parseGrpcTimeout(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
  const milliseconds = millisecondsPerUnit[unit];
  return digits === undefined || milliseconds === undefined ? undefined : Number(digits) * milliseconds;
}

const maxDigits = 99_999_999;

/** Milliseconds as a `grpc-timeout` header, rounded up, in the finest of ms, s, min and h that fits eight digits. */
export function formatGrpcTimeout(timeoutMs: number): string {
  for (const unit of ['m', 'S', 'M'] as const) {
    const count = Math.ceil(timeoutMs / (millisecondsPerUnit[unit] ?? 1));
    if (count <= maxDigits) return `${count}${unit}`;
  }
  return `${Math.min(maxDigits, Math.ceil(timeoutMs / 3_600_000))}H`;
}
