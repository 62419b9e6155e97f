import { config } from '@grafana/runtime';
import { useEffect, useRef, useState } from 'react';
import { proxyRoot } from '../api/client';

/** Events closer together than this lead to one reading. */
const GATHER_MS = 2_000;

/**
 * Listens to the sidecar's server-sent events and calls `onNews` when there is something new to read. True while events
 * arrive; polling goes on beside it and is enough where they do not pass. A hidden page does not listen, because browsers
 * open six connections to a server and no more.
 */
export function useLiveEvents(enabled: boolean, onNews: () => void): boolean {
  const [live, setLive] = useState(false);
  const listener = useRef(onNews);
  useEffect(() => {
    listener.current = onNews;
  });

  useEffect(() => {
    if (!enabled || typeof EventSource === 'undefined') {
      return;
    }
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function gather() {
      timer ??= setTimeout(() => {
        timer = undefined;
        listener.current();
      }, GATHER_MS);
    }

    function listen() {
      if (document.hidden || source !== undefined) {
        return;
      }
      source = new EventSource(`${config.appSubUrl}${proxyRoot}/events`);
      source.onopen = () => setLive(true);
      source.onerror = () => setLive(false);
      for (const name of ['anomaly', 'change', 'incident', 'budget']) {
        source.addEventListener(name, gather);
      }
    }

    function leave() {
      source?.close();
      source = undefined;
      setLive(false);
    }

    function onVisibilityChange() {
      if (document.hidden) {
        leave();
      } else {
        listen();
      }
    }

    listen();
    document.addEventListener('visibilitychange', onVisibilityChange);
    return () => {
      document.removeEventListener('visibilitychange', onVisibilityChange);
      clearTimeout(timer);
      leave();
    };
  }, [enabled]);
  return live;
}
