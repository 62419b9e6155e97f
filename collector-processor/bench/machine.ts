import { cpus, totalmem } from 'node:os';

/** What the figures were measured on. */
export function machineOf() {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? '',
    threads: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}
