import { usePluginUserStorage } from '@grafana/runtime';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What belongs to a moment, not to a habit. */
const passing = ['sel', 'zoom', 'page'];

/** The last filters of a page come back when the address names none; what the address names is kept for next time. */
export function useKeptFilters(page: string) {
  const key = `${page}.filters`;
  const storage = usePluginUserStorage();
  const [parameters, setParameters] = useSearchParams();
  const kept = useRef<string>(undefined);
  const text = keepable(parameters);

  useEffect(() => {
    const first = kept.current === undefined;
    if (kept.current === text) {
      return;
    }
    kept.current = text;
    if (!first || text !== '') {
      void storage.setItem(key, text);
      return;
    }
    void storage.getItem(key).then((stored) => {
      if (stored) {
        setParameters((now) => withKept(now, stored), { replace: true });
      }
    });
  }, [storage, key, text, setParameters]);
}

/** Filters without selection and zoom, and without absolute times: those would hide everything new next time. */
function keepable(parameters: URLSearchParams): string {
  const kept = new URLSearchParams(parameters);
  passing.forEach((name) => kept.delete(name));
  if (/^\d+$/.test(kept.get('from') ?? '')) {
    kept.delete('from');
    kept.delete('to');
  }
  return kept.toString();
}

/** Filters that were chosen while the stored ones were on their way win. */
function withKept(now: URLSearchParams, stored: string): URLSearchParams {
  if (keepable(now) !== '') {
    return now;
  }
  const merged = new URLSearchParams(stored);
  now.forEach((value, name) => merged.append(name, value));
  return merged;
}
