import { Type } from 'typebox';
import {
  ForecastDetail,
  ForecastPage,
  type ForecastQuery,
  ForecastQuery as ForecastQuerySchema,
  WhatIfQuery,
} from '../../contract/forecast.ts';
import type { Forecast } from '../../model/forecast.ts';
import { describeRoute } from '../describe-route.ts';
import { refuse } from '../error-reply.ts';
import { DEFAULT_LIMIT, refuseCursor } from '../keyset-page.ts';
import { readPlace, toPlacePage } from '../place-page.ts';
import { scanPage } from '../scan-page.ts';
import type { ApiContext, ApiServer } from '../server-types.ts';

const listForecasts = {
  summary: 'Resources, and when they run out',
  tag: 'forecasts',
  query: ForecastQuerySchema,
  answers: { 200: ForecastPage },
} as const;

const readForecast = {
  summary: 'One resource: its use, its forecast, and what would be if',
  description: 'The query asks when it would run out with another growth or another capacity.',
  tag: 'forecasts',
  params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
  query: WhatIfQuery,
  answers: { 200: ForecastDetail },
} as const;

export function forecastRoutes(server: ApiServer, { providers }: ApiContext): void {
  server.get('/api/v1/forecasts', describeRoute(listForecasts), async (request, reply) => {
    const { cursor, limit = DEFAULT_LIMIT, ...filter } = request.query;
    const keyset = readPlace(cursor);
    if (keyset.kind === 'unreadable') return refuseCursor(reply);
    const page = await scanPage({
      from: (place) => providers.forecasts(place),
      matches: (forecast) => isListed(forecast, filter),
      after: keyset.after?.value,
      limit,
    });
    return toPlacePage(page) satisfies Omit<ForecastPage, 'items'>;
  });

  server.get('/api/v1/forecasts/:id', describeRoute(readForecast), (request, reply) => {
    const { id } = request.params;
    const { growth = 1, capacity } = request.query;
    const detail = providers.forecast(id, { growth, capacity });
    if (detail !== undefined) return detail;
    const remedy = 'It may not have been heard of for a day; /api/v1/forecasts lists those that are followed.';
    return refuse(reply, { code: 'not_found', message: `There is no forecast ${id}.`, remedy });
  });
}

type ForecastFilter = Omit<ForecastQuery, 'cursor' | 'limit'>;

function isListed(forecast: Forecast, { q = '', service, kind, state, within = Infinity }: ForecastFilter): boolean {
  return (
    isAmong(kind, forecast.kind) &&
    isAmong(state, forecast.state) &&
    isAmong(service, forecast.series.service) &&
    (within === Infinity || forecast.left.soonest <= within) &&
    forecast.title.toLowerCase().includes(q.toLowerCase())
  );
}

/** No choice is every choice. */
function isAmong<Value>(chosen: readonly Value[] | undefined, value: Value): boolean {
  return chosen === undefined || chosen.length === 0 || chosen.includes(value);
}
