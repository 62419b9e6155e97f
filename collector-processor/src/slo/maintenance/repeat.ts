const DAY_MS = 86_400_000;
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
type Weekday = (typeof weekdays)[number];

/** When something comes again: the part of iCalendar's rules (RFC 5545, 3.3.10) that maintenance needs. */
export interface Repeat {
  readonly every: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  readonly interval: number;
  /** With a number of a month: its first is 1, its last -1; 0 for each. Empty: that of the begin. */
  readonly byDay: readonly { readonly day: Weekday; readonly nth: number }[];
  /** Days of a month, from its end where negative. */
  readonly byMonthDay: readonly number[];
  /** Local time; nothing begins after it. */
  readonly untilMs: number;
}

export type RepeatResult =
  { readonly kind: 'repeat'; readonly repeat: Repeat } | { readonly kind: 'fault'; readonly message: string };

const fault = (message: string) => ({ kind: 'fault', message }) as const;

/** Reads `FREQ=WEEKLY;INTERVAL=2;BYDAY=SU`, `FREQ=MONTHLY;BYDAY=1SU`, `FREQ=DAILY;UNTIL=20261231`. */
export function readRepeat(text: string): RepeatResult {
  const parts = new Map(text.toUpperCase().split(';').map(partOf));
  const unknown = [...parts.keys()].find((name) => !/^(FREQ|INTERVAL|BYDAY|BYMONTHDAY|UNTIL)$/.test(name));
  if (unknown !== undefined)
    return fault(`knows FREQ, INTERVAL, BYDAY, BYMONTHDAY and UNTIL, not ${JSON.stringify(unknown)}`);
  const every = parts.get('FREQ');
  if (every !== 'DAILY' && every !== 'WEEKLY' && every !== 'MONTHLY')
    return fault('needs FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY');
  const interval = intervalOf(parts.get('INTERVAL'));
  const byDay = listOf(parts.get('BYDAY'), dayOf);
  const byMonthDay = listOf(parts.get('BYMONTHDAY'), monthDayOf);
  const untilMs = untilOf(parts.get('UNTIL'));
  if (interval === undefined) return fault('needs a whole number as INTERVAL');
  if (byDay === undefined) return fault('takes BYDAY as in BYDAY=MO,1SU,-1FR');
  if (byMonthDay === undefined) return fault('takes BYMONTHDAY as in BYMONTHDAY=1,-1');
  if (untilMs === undefined) return fault('takes UNTIL as in UNTIL=20261231 or UNTIL=20261231T220000');
  return ofMonthOnly({ every, interval, byDay, byMonthDay, untilMs });
}

function partOf(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name, value];
}

function intervalOf(text = '1'): number | undefined {
  const interval = Number(text);
  return Number.isInteger(interval) && interval >= 1 ? interval : undefined;
}

function ofMonthOnly(repeat: Repeat): RepeatResult {
  const { every, byDay, byMonthDay } = repeat;
  if (every !== 'MONTHLY' && (byMonthDay.length > 0 || byDay.some(({ nth }) => nth !== 0)))
    return fault('takes days of a month only with FREQ=MONTHLY');
  return { kind: 'repeat', repeat };
}

/** Whether it comes on a day; days as milliseconds of their midnight, `beginMs` that of the first one. */
export function comesOn(repeat: Repeat, dayMs: number, beginMs: number): boolean {
  return dayMs >= beginMs && comes[repeat.every](repeat, dayMs, beginMs);
}

const comes: Readonly<Record<Repeat['every'], (repeat: Repeat, dayMs: number, beginMs: number) => boolean>> = {
  DAILY: ({ interval, byDay }, dayMs, beginMs) =>
    ((dayMs - beginMs) / DAY_MS) % interval === 0 && (byDay.length === 0 || isNamed(byDay, dayMs)),
  WEEKLY({ interval, byDay }, dayMs, beginMs) {
    const weeks = (mondayOf(dayMs) - mondayOf(beginMs)) / (7 * DAY_MS);
    const sameDay = new Date(dayMs).getUTCDay() === new Date(beginMs).getUTCDay();
    return weeks % interval === 0 && (byDay.length === 0 ? sameDay : isNamed(byDay, dayMs));
  },
  MONTHLY(repeat, dayMs, beginMs) {
    const [day, begin] = [new Date(dayMs), new Date(beginMs)];
    const months = (day.getUTCFullYear() - begin.getUTCFullYear()) * 12 + day.getUTCMonth() - begin.getUTCMonth();
    return months % repeat.interval === 0 && isDayOfMonth(repeat, day, begin);
  },
};

function isNamed(byDay: Repeat['byDay'], dayMs: number): boolean {
  return byDay.some(({ day }) => day === weekdays[new Date(dayMs).getUTCDay()]);
}

function isDayOfMonth({ byDay, byMonthDay }: Repeat, day: Date, begin: Date): boolean {
  const date = day.getUTCDate();
  if (byDay.length === 0 && byMonthDay.length === 0) return date === begin.getUTCDate();
  const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  const isDate = byMonthDay.length === 0 || byMonthDay.includes(date) || byMonthDay.includes(date - length - 1);
  const places = [0, Math.ceil(date / 7), -Math.ceil((length - date + 1) / 7)];
  const named = byDay.filter((one) => one.day === weekdays[day.getUTCDay()]);
  return isDate && (byDay.length === 0 || named.some(({ nth }) => places.includes(nth)));
}

function mondayOf(dayMs: number): number {
  return dayMs - ((new Date(dayMs).getUTCDay() + 6) % 7) * DAY_MS;
}

/** Undefined when one of them is wrong. */
function listOf<Item>(text: string | undefined, read: (one: string) => Item | undefined): readonly Item[] | undefined {
  if (text === undefined) return [];
  const items = text.split(',').map(read);
  const right = items.filter((item) => item !== undefined);
  return right.length === items.length ? right : undefined;
}

function dayOf(text: string): Repeat['byDay'][number] | undefined {
  const [, nth = '', name = ''] = /^(-?[1-5])?([A-Z]{2})$/.exec(text) ?? [];
  const day = weekdays.find((one) => one === name);
  return day === undefined ? undefined : { day, nth: Number(nth) };
}

function monthDayOf(text: string): number | undefined {
  const day = Number(text);
  return /^-?\d{1,2}$/.test(text) && day !== 0 && Math.abs(day) <= 31 ? day : undefined;
}

function untilOf(text: string | undefined): number | undefined {
  if (text === undefined) return Infinity;
  const [, year, month, day, hour = '23', minute = '59', second = '59'] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?$/.exec(text) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
