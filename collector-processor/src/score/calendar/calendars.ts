import type { Series } from '../../model/anomaly.ts';
import { WallClock } from '../../runtime/wall-clock.ts';
import { type Holidays, isHoliday, readHolidays } from './holidays.ts';

const DAY_MS = 86_400_000;

export interface CalendarPlace {
  /** IANA name. */
  readonly timeZone: string;
  /** ISO dates or an iCalendar file. */
  readonly holidays: string;
}

/** Clocks and holidays where services are that live by other ones; an empty name is any. */
export interface CalendarScope extends CalendarPlace {
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
}

export interface CalendarOptions extends CalendarPlace {
  readonly scopes: readonly CalendarScope[];
}

type Scoped = Pick<Series, 'service' | 'namespace' | 'environment'>;

/** One calendar, of a place. */
export class Calendar {
  readonly timeZone: string;
  private readonly clock: WallClock;
  private readonly holidays: Holidays;
  /** The day that was asked for last. */
  private day = NaN;
  private isFree = false;

  constructor({ timeZone, holidays }: CalendarPlace) {
    this.timeZone = timeZone;
    this.clock = new WallClock(timeZone);
    this.holidays = readHolidays(holidays);
  }

  /** What clocks show there, as milliseconds since the epoch at which UTC would show the same. */
  wallMs(timeMs: number): number {
    return this.clock.at(timeMs);
  }

  isHoliday(wallMs: number): boolean {
    const day = Math.floor(wallMs / DAY_MS);
    if (day !== this.day) {
      this.day = day;
      this.isFree = isHoliday(this.holidays, day);
    }
    return this.isFree;
  }
}

/** The calendars of all series. Of several scopes that fit the first one counts. */
export class Calendars {
  private readonly scopes: readonly (readonly [CalendarScope, Calendar])[];
  private readonly usual: Calendar;

  constructor({ scopes, ...usual }: CalendarOptions) {
    this.usual = new Calendar(usual);
    this.scopes = scopes.map((scope) => [scope, new Calendar(scope)]);
  }

  of(series: Scoped): Calendar {
    if (this.scopes.length === 0) return this.usual;
    return this.scopes.find(([scope]) => fits(scope, series))?.[1] ?? this.usual;
  }
}

function fits({ service, namespace, environment }: CalendarScope, series: Scoped): boolean {
  const same = (wanted: string, has: string): boolean => wanted === '' || wanted === has;
  return same(service, series.service) && same(namespace, series.namespace) && same(environment, series.environment);
}
