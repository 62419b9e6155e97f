import { usePluginUserStorage } from '@grafana/runtime';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

const KEY = 'incidents.filters';

/** The last filters come back when the address names none; what the address names is kept for next time. */
export function useKeptFilters() {
  const storage = usePluginUserStorage();
  const [parameters, setParameters] = useSearchParams();
  const kept = useRef<string>(undefined);
  const text = parameters.toString();

  useEffect(() => {
    const first = kept.current === undefined;
    if (kept.current === text) {
      return;
    }
    kept.current = text;
    if (!first || text !== '') {
      void storage.setItem(KEY, text);
      return;
    }
    void storage.getItem(KEY).then((stored) => {
      if (stored !== null && stored !== '') {
        setParameters(new URLSearchParams(stored), { replace: true });
      }
    });
  }, [storage, text, setParameters]);
}
