import type { IncidentStageParts } from '../stage-parts.ts';
import type { BookParts } from './book-parts.ts';
import { IncidentBook } from './incident-book.ts';
import { Recurrence } from './recurrence.ts';

/** The book as the store has it: what is not over, changes of late, and what was there before. */
export async function readBook(
  { ledger, options, around, clock }: Pick<IncidentStageParts, 'ledger' | 'options' | 'around' | 'clock'>,
  told: Pick<BookParts, 'onEvent' | 'onOverflow'>,
): Promise<IncidentBook> {
  let lastId = await ledger.lastId();
  const events = await ledger.openEvents();
  const changes = await ledger.changesSince(clock.nowMs() - options.changeLookback);
  const past = new Recurrence(options);
  if (options.demoteAfter > 0) past.restore(await ledger.endedEvents(clock.nowMs() - options.demoteWithin));
  const book = new IncidentBook({ limits: options, around, past, nextId: () => String(++lastId), ...told });
  book.restore(events, changes);
  return book;
}
