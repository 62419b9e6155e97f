import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ChangedSeries,
  type WindowChanges,
  WindowChanges as Answer,
  WindowQuery,
} from '../../contract/window-change.ts';
import { byDistance, byVolume, compareWindow, hasChanged } from '../analytics/window-change.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

/** Series looked at between two turns of the event loop. */
const SLICE = 20;
const LEAST_BEFORE_MS = 10 * 60_000;

const readChanges = {
  summary: 'All series that changed in a window, against the time before it',
  description: 'Of the series whose steps are kept (`score.history`), by Kolmogorov-Smirnov distance or by volume.',
  tag: 'coverage',
  query: WindowQuery,
  answers: { 200: Answer },
} as const;

/** Somebody marks a window on a dashboard and asks what was different then. */
export function windowChangeRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/window-changes', describeRoute(readChanges), async (request, reply) => {
    const { from: fromMs, to: toMs, before, tenant, service, order = 'ks', limit = 50 } = request.query;
    const beforeMs = before ?? fromMs - Math.max(LEAST_BEFORE_MS, toMs - fromMs);
    if (!(beforeMs < fromMs && fromMs < toMs)) {
      return refuse(reply, { code: 'invalid_request', message: 'A window starts before it ends, and after `before`.' });
    }
    const changed: ChangedSeries[] = [];
    let [looked, compared] = [0, 0];
    // Listed at once: what is evicted meanwhile has no history any more and is left out.
    const ids = [...providers.series(0)]
      .map(({ item }) => item.series)
      .filter((one) => (tenant === undefined || one.tenant === tenant) && (service?.includes(one.service) ?? true))
      .map(({ id }) => id);
    for (const id of ids) {
      if (++looked % SLICE === 0) await nextTurn();
      const history = providers.history(id, { fromMs: beforeMs, toMs });
      const found = history && compareWindow(history, { beforeMs, fromMs, toMs });
      if (found === undefined) continue;
      compared++;
      if (hasChanged(found)) changed.push(found);
    }
    changed.sort(order === 'ks' ? byDistance : byVolume);
    return { items: changed.slice(0, limit), compared, complete: changed.length <= limit } satisfies WindowChanges;
  });
}
