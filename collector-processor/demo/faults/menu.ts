import { badDeploy } from './bad-deploy.ts';
import { errors } from './errors.ts';
import type { Fault } from './fault.ts';
import { latency } from './latency.ts';
import { logStorm } from './log-storm.ts';
import { memoryLeak } from './memory-leak.ts';
import { silentService } from './silent-service.ts';

/** In the order in which the demo injects them. A new fault is one file and one entry here. */
export const faultMenu: readonly Fault[] = [latency, errors, memoryLeak, logStorm, silentService, badDeploy];

export function faultNamed(name: string): Fault | undefined {
  return faultMenu.find((fault) => fault.name === name);
}
