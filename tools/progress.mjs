/**
 * Says that something long goes on, and for how long already: on a terminal one line that is written again every second,
 * in a log a line at the start, one every half minute, and one at the end.
 */
const TERMINAL_MS = 1_000;
const LOG_MS = 30_000;

/** `now` in milliseconds, `every(ms, tell)` calls `tell` again and again and returns how to end that. */
export function startProgress(what, { stream, now = () => performance.now(), every = repeat }) {
  const startedMs = now();
  const seconds = () => `${Math.round((now() - startedMs) / 1000)} s`;
  const line = stream.isTTY ? (text) => stream.write(`\r\x1b[2K${text}`) : (text) => stream.write(`${text}\n`);
  line(`${what} …`);
  const stop = every(stream.isTTY ? TERMINAL_MS : LOG_MS, () => line(`${what} … ${seconds()}`));
  return {
    end(outcome) {
      stop();
      line(`${what}: ${outcome} after ${seconds()}.`);
      if (stream.isTTY) stream.write('\n');
    },
  };
}

function repeat(ms, tell) {
  const timer = setInterval(tell, ms);
  return () => clearInterval(timer);
}
