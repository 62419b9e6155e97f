import type { FastifyReply } from 'fastify';
import { refuse } from './error-reply.ts';
import type { ApiStores } from './server-types.ts';

/** A standby must not write: undefined when this process is the active one. `missed` ends "… and would …". */
export function refuseStandby(reply: FastifyReply, { duty }: ApiStores, missed: string): FastifyReply | undefined {
  if (duty.state() === 'active') return undefined;
  const message = `This Sentinel is not the active one and would ${missed}.`;
  const remedy = 'Send it to the active one; /api/v1/status names it.';
  return refuse(reply, { code: 'unavailable', message, remedy });
}
