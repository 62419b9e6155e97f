/** Milliseconds of processor time that this thread has used. Costs a system call. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
