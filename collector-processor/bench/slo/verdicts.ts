import type { Minutes, StreamKind } from './streams.ts';

/** What one shape told of one stream. */
export interface Told {
  /** Minutes from the fault's beginning to the first page, and to the first alert of any kind. */
  readonly page: number | undefined;
  readonly any: number | undefined;
  /** Minutes that pages go on after the fault. */
  readonly lingers: number | undefined;
  /** Pages and tickets that nothing called for. */
  readonly falsePages: number;
  readonly falseTickets: number;
}

interface Alerts {
  /** Firing or not, by minute. */
  readonly pages: Uint8Array;
  readonly tickets: Uint8Array;
}

/** After a fault its windows still hold it: a page may go on for the short one of its slowest tier, a ticket for a day. */
const STILL_PAGES = 60;
const STILL_TICKETS = 2 * 1440;

export function verdict({ fault }: StreamKind, { pages, tickets }: Alerts): Told {
  const page = episodes(pages);
  const ticket = episodes(tickets);
  const first = (found: readonly Minutes[]) =>
    fault === undefined ? undefined : found.find(({ to }) => to > fault.from);
  const delay = (found: readonly Minutes[]) => {
    const one = first(found);
    if (fault === undefined || one === undefined || one.from > fault.to) return undefined;
    return Math.max(0, one.from - fault.from);
  };
  const delays = [delay(page), delay(ticket)].filter((each) => each !== undefined);
  const last = fault === undefined ? undefined : page.findLast(({ from }) => from >= fault.from && from <= fault.to);
  const within = (still: number) => (one: Minutes) =>
    fault !== undefined && one.from >= fault.from && one.from <= fault.to + still;
  const isPageDue = fault !== undefined && fault.deserves !== 'ticket';
  return {
    page: delay(page),
    any: delays.length === 0 ? undefined : Math.min(...delays),
    lingers: last === undefined || fault === undefined ? undefined : Math.max(0, last.to - fault.to),
    falsePages: page.filter((one) => !(isPageDue && within(STILL_PAGES)(one))).length,
    falseTickets: ticket.filter((one) => !within(STILL_TICKETS)(one)).length,
  };
}

function episodes(fires: Uint8Array): readonly Minutes[] {
  const found: Minutes[] = [];
  let from = -1;
  for (let at = 0; at <= fires.length; at++) {
    const isFiring = fires[at] === 1;
    if (isFiring && from < 0) from = at;
    if (!isFiring && from >= 0) {
      found.push({ from, to: at });
      from = -1;
    }
  }
  return found;
}
