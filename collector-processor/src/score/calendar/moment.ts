import { formatDuration } from '../../model/units.ts';

const DAY_MS = 86_400_000;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** When something was expected: the time of a day, `Monday 14:00`, or how far into a cycle of another length. */
export function momentOf(periodMs: number, wallMs: number, holiday: boolean): string {
  if (periodMs < DAY_MS) {
    const into = Math.floor((wallMs % periodMs) / 1000) * 1e9;
    return `${formatDuration(into)} into its cycle of ${formatDuration(periodMs * 1e6)}`;
  }
  const time = new Date(wallMs);
  const clock = time.toISOString().slice(11, 16);
  if (holiday) return `a holiday ${clock}`;
  return periodMs === DAY_MS ? clock : `${weekdays[time.getUTCDay()] ?? ''} ${clock}`;
}
