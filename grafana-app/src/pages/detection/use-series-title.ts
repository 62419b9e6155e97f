import { useEffect, useState } from 'react';
import { readHistory } from '../../api/series';

/** What the series is called; its id where that is not known (any more). */
export function useSeriesTitle(id: string): string {
  const [known, setKnown] = useState({ id, title: id });
  useEffect(() => {
    const abort = new AbortController();
    if (id !== '') {
      readHistory(id, { from: Date.now() }, abort.signal).then(
        ({ title }) => setKnown({ id, title }),
        () => undefined,
      );
    }
    return () => abort.abort();
  }, [id]);
  return known.id === id ? known.title : id;
}
