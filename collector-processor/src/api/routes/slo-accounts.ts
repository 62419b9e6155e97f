import { Type } from 'typebox';
import { MaintenanceList } from '../../contract/maintenance.ts';
import { SloBurned } from '../../contract/slo-burned.ts';
import { SloHistory, SloHistoryQuery, SloRangeQuery } from '../../contract/slo-history.ts';
import { SloReport, SloReportQuery } from '../../contract/slo-report.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';
import { sloReportText } from '../slo-report-text.ts';

const LONGEST_MS = 400 * 86_400_000;
const one = { tag: 'slos', params: Type.Object({ id: Type.String({ maxLength: 500 }) }) } as const;

const readHistory = {
  ...one,
  summary: 'How an error budget came to be what it is',
  description: 'What was left hour by hour or day by day, burn rates by window, corrections, gaps and crossings.',
  query: SloHistoryQuery,
  answers: { 200: SloHistory },
} as const;

const readBurned = {
  ...one,
  summary: 'What burned an error budget',
  description: 'Bad events by the incidents of the service at the time, by changes just before, and the rest.',
  query: SloRangeQuery,
  answers: { 200: SloBurned },
} as const;

const readReport = {
  summary: 'What became of all objectives in a month',
  tag: 'slos',
  query: SloReportQuery,
  answers: { 200: SloReport },
} as const;

const readReportText = {
  ...readReport,
  summary: 'The same as Markdown',
  answers: { 200: Type.String({ description: 'A table of all, then each with what burned it.' }) },
  mediaType: 'text/markdown',
} as const;

const listMaintenance = {
  summary: 'Maintenance windows of the configuration',
  tag: 'slos',
  answers: { 200: MaintenanceList },
} as const;

export function sloAccountRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/slos/:id/history', describeRoute(readHistory), async ({ params, query }, reply) => {
    const { from, to, step } = query;
    if (!isRange(from, to)) return refuse(reply, noRange);
    return (await providers.slos.history(params.id, rangeOf(from, to), step)) ?? refuse(reply, unknown(params.id));
  });

  server.get('/api/v1/slos/:id/burned', describeRoute(readBurned), async ({ params, query: { from, to } }, reply) => {
    if (!isRange(from, to)) return refuse(reply, noRange);
    return (await providers.slos.burned(params.id, rangeOf(from, to))) ?? refuse(reply, unknown(params.id));
  });

  server.get('/api/v1/slos/report', describeRoute(readReport), ({ query }) => providers.slos.report(query.month));

  server.get('/api/v1/slos/report.md', describeRoute(readReportText), async ({ query }, reply) =>
    reply.type('text/markdown; charset=utf-8').send(sloReportText(await providers.slos.report(query.month))),
  );

  server.get('/api/v1/maintenance', describeRoute(listMaintenance), () => providers.slos.maintenance());
}

const noRange = {
  code: 'invalid_request',
  field: 'query/from',
  message: 'The range is empty, or longer than 400 days.',
  remedy: 'Give milliseconds since the epoch, or leave both out for the window of the SLO.',
} as const;

function isRange(fromMs: number | undefined, toMs: number | undefined): boolean {
  if (fromMs === undefined && toMs === undefined) return true;
  return fromMs !== undefined && toMs !== undefined && toMs > fromMs && toMs - fromMs <= LONGEST_MS;
}

function rangeOf(fromMs: number | undefined, toMs: number | undefined) {
  return fromMs === undefined || toMs === undefined ? {} : { fromMs, toMs };
}

function unknown(id: string) {
  const remedy = '/api/v1/slos lists those that are configured.';
  return { code: 'not_found', message: `There is no SLO ${id}.`, remedy } as const;
}
