import { Reloaded } from '../../contract/reload.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const reload = {
  summary: 'Reads the configuration again',
  description: 'An invalid one is refused with its faults, and the old one stays in use.',
  tag: 'operation',
  role: 'admin',
  answers: { 200: Reloaded },
} as const;

export function reloadRoutes(server: ApiServer, { commands, logger }: ApiContext): void {
  server.post('/api/v1/reload', describeRoute(reload), async (request, reply) => {
    const outcome = await commands.reload();
    logger.info(
      { by: request.caller?.name, knownBy: request.caller?.knownBy, outcome: outcome.kind },
      'A reload was asked for.',
    );
    if (outcome.kind === 'reloaded') {
      const { restartNeeded, notes } = outcome;
      return { restartNeeded, notes } satisfies Reloaded;
    }
    const message = `The configuration is invalid: ${outcome.problems.join(' ')}`;
    return refuse(reply, {
      code: 'invalid_configuration',
      message,
      remedy: 'Correct the file; the old configuration stays in use.',
    });
  });
}
