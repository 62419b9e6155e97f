import { useCallback, useEffect, useRef, useState } from 'react';
import { toApiError } from '../api/api-error';
import { answered, failed, type LoadState } from './load-state';

const VISIBLE_MS = 10_000;
const HIDDEN_MS = 60_000;

/**
 * Reads again and again: every 10 s while the page can be seen, every 60 s while it cannot, at once when it comes back or when
 * `key` changes. One request at a time.
 */
export function usePolled<Data>(key: string, read: (abortSignal: AbortSignal) => Promise<Data>) {
  const [state, setState] = useState<LoadState<Data>>({ kind: 'loading' });
  const [turn, setTurn] = useState(0);
  const reader = useRef(read);
  useEffect(() => {
    reader.current = read;
  });

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function poll() {
      clearTimeout(timer);
      try {
        const data = await reader.current(abort.signal);
        if (!abort.signal.aborted) {
          setState(answered(data, Date.now()));
        }
      } catch (error) {
        if (!abort.signal.aborted) {
          setState((before) => failed(before, toApiError(error), Date.now()));
        }
      }
      if (!abort.signal.aborted) {
        timer = setTimeout(() => void poll(), document.hidden ? HIDDEN_MS : VISIBLE_MS);
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

  const tryAgain = useCallback(() => setTurn((before) => before + 1), []);
  return { state, tryAgain };
}
