import { expect, jest, test } from '@jest/globals';
import type { IncidentSummary } from '../model/incident.ts';
import { createSelfMetrics } from '../runtime/self-metrics.ts';
import { IncidentNews } from './incident-news.ts';
import { anomaly, bookWith, raise } from './testing/books.ts';

function newsOf(kind: string) {
  const { book, events } = bookWith();
  const summaries: (IncidentSummary | undefined)[] = [];
  const record = (_event: unknown, summary: IncidentSummary | undefined) => {
    summaries.push(summary);
    return Promise.resolve({ kind, reason: 'The disk is full.' });
  };
  const onIncident = jest.fn();
  const unrecorded = createSelfMetrics().counter({ name: 'unrecorded', help: '' });
  const news = new IncidentNews({ ledger: { record }, onIncident, unrecorded });
  const tellAll = (): void => {
    for (const event of events) {
      const incident = book.get(event.incidentId);
      if (incident !== undefined) news.happened(event, incident);
    }
  };
  return { book, events, summaries, onIncident, unrecorded, news, tellAll };
}

test('of a storm every event is stored, and what it comes to is worked out once', async () => {
  const { book, events, summaries, onIncident, news, tellAll } = newsOf('stored');
  raise(book, ...Array.from({ length: 500 }, (_, index) => anomaly('shop', `a${String(index)}`)));
  tellAll();
  expect(await news.stored()).toBe('');
  expect(summaries).toHaveLength(events.length);
  expect(summaries.filter((summary) => summary !== undefined)).toMatchObject([{ anomalies: 500 }]);
  expect(onIncident).toHaveBeenCalledTimes(1);
  expect(onIncident).toHaveBeenCalledWith(expect.objectContaining({ id: '1' }), events.at(-1));
});

test('it is stored without waiting for anybody to ask', async () => {
  const { book, onIncident, tellAll } = newsOf('stored');
  raise(book, anomaly('shop'), anomaly('mail'));
  tellAll();
  await Promise.resolve();
  expect(onIncident).toHaveBeenCalledTimes(2);
});

test('an event that could not be stored is told to who waits for it, and counted', async () => {
  const { book, news, unrecorded, tellAll } = newsOf('failed');
  raise(book, anomaly('shop'));
  tellAll();
  expect(await news.stored()).toBe('The disk is full.');
  expect(unrecorded.value).toBe(2);
  expect(await news.stored()).toBe('');
});
