/** Bytes in whole KiB, so that 32 bits count gigabytes. */
export function kibOf(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
