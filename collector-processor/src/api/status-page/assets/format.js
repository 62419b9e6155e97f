const counts = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const rates = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const clocks = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const DAY_MS = 86_400_000;
const steps = [
  ['d', DAY_MS],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

export function count(value) {
  return counts.format(value);
}

export function plural(value, one, many) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "1.2 k/s"; nothing to compare with yet is no rate of zero. */
export function rate(perSecond) {
  if (perSecond === undefined) return 'No data';
  return perSecond >= 1_000 ? `${rates.format(perSecond / 1_000)} k/s` : `${rates.format(perSecond)}/s`;
}

export function bytes(value) {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = value < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log2(value) / 10));
  return `${rates.format(value / 1_024 ** step)} ${names[step]}`;
}

/** The two largest units at most: "21 min", "2 h 5 min". */
export function duration(ms) {
  const rest = Math.max(0, Math.round(ms / 1_000) * 1_000);
  const first = steps.findIndex(([, unit]) => rest >= unit);
  if (first === -1) return '0 s';
  const [name, unit] = steps[first];
  const [nextName, nextUnit] = steps[first + 1] ?? [];
  const next = nextUnit === undefined ? 0 : Math.floor((rest % unit) / nextUnit);
  const whole = `${Math.floor(rest / unit)} ${name}`;
  return next === 0 || rest / unit >= 10 ? whole : `${whole} ${next} ${nextName}`;
}

/** Short delays with their tenths: "2.1 s". */
export function seconds(ms) {
  return ms < 60_000 ? `${tenths.format(ms / 1_000)} s` : duration(ms);
}

export function clockTime(timeMs) {
  return clocks.format(timeMs);
}

export function fullTime(timeMs) {
  return moments.format(timeMs);
}

/** "02:51:30, 21 min ago", with the day when it was not today's. */
export function timeAndAge(timeMs, nowMs) {
  const day = nowMs - timeMs >= DAY_MS / 2 ? `${days.format(timeMs)} ` : '';
  const age = timeMs > nowMs + 1_000 ? `in ${duration(timeMs - nowMs)}` : `${duration(nowMs - timeMs)} ago`;
  return `${day}${clockTime(timeMs)}, ${age}`;
}

export function score(value) {
  return rates.format(value);
}
