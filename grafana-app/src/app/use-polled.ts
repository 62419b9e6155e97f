import { useCallback, useEffect, useRef, useState } from 'react';
import { toApiError } from '../api/api-error';
import { aged, answered, failed, type LoadState, STALE_AFTER_MS } from './load-state';
import { within } from './within';

const VISIBLE_MS = 10_000;
const HIDDEN_MS = 60_000;
/** A sidecar that hangs is as little use as one that is gone. */
const ANSWER_WITHIN_MS = 15_000;

interface Polled<Data> {
  readonly state: LoadState<Data>;
  /** Whether what is shown answers another question than the one that was asked last. */
  readonly refreshing: boolean;
  readonly readAgain: () => void;
}

/**
 * Reads again and again: every 10 s while the page can be seen, every 60 s while it cannot, at once when it comes back, when
 * `key` changes, or when `readAgain` is called. One request at a time; data stay while the next answer is on its way.
 */
export function usePolled<Data>(key: string, read: (abortSignal: AbortSignal) => Promise<Data>): Polled<Data> {
  const [state, setState] = useState<LoadState<Data>>({ kind: 'loading' });
  const [turn, setTurn] = useState(0);
  const reader = useRef(read);
  useEffect(() => {
    reader.current = read;
  });

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let running = false;

    async function poll() {
      if (running) {
        return;
      }
      running = true;
      clearTimeout(timer);
      const next = await answer();
      running = false;
      if (!abort.signal.aborted) {
        setState(next);
        timer = setTimeout(() => void poll(), document.hidden ? HIDDEN_MS : VISIBLE_MS);
      }
    }

    async function answer(): Promise<(before: LoadState<Data>) => LoadState<Data>> {
      try {
        const data = await within(ANSWER_WITHIN_MS, reader.current(abort.signal));
        const nowMs = Date.now();
        return () => answered(data, key, nowMs);
      } catch (fault) {
        const failure = { error: toApiError(fault), key, nowMs: Date.now() };
        return (before) => failed(before, failure);
      }
    }

    function onVisibilityChange() {
      if (!document.hidden) {
        void poll();
      }
    }

    document.addEventListener('visibilitychange', onVisibilityChange);
    void poll();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibilityChange);
    };
  }, [key, turn]);

  useAging(state, setState);
  const readAgain = useCallback(() => setTurn((before) => before + 1), []);
  return { state, refreshing: state.kind === 'ready' && state.key !== key, readAgain };
}

/** Data grow stale by time alone. A hidden page asks seldom and reads anew when it is seen again. */
function useAging<Data>(
  state: LoadState<Data>,
  setState: (next: (before: LoadState<Data>) => LoadState<Data>) => void,
): void {
  const atMs = state.kind === 'ready' ? state.atMs : undefined;
  useEffect(() => {
    if (atMs === undefined) {
      return;
    }
    const timer = setTimeout(
      () => {
        if (!document.hidden) {
          setState((before) => aged(before, Date.now()));
        }
      },
      Math.max(0, atMs + STALE_AFTER_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [atMs, setState]);
}
