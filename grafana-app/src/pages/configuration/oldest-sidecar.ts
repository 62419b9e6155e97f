/** Oldest sidecar that this app understands: what it asks of the API is there from this version on. */
export const OLDEST_SIDECAR = '0.1.0';

/** Compares the numbers of two versions; whatever follows a dash is left out. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => (text.split('-')[0] ?? '').split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}
