import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { filterParameters, type IncidentFilters, parseFilters } from './incident-filters';

/** The filters live in the address. Typing replaces the history entry, choosing adds one. */
export function useFilters() {
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => parseFilters(parameters), [parameters]);
  const change = useCallback(
    (part: Partial<IncidentFilters>) => {
      const typed = Object.keys(part).every((name) => name === 'q');
      setParameters(filterParameters({ ...filters, ...part }), { replace: typed });
    },
    [filters, setParameters],
  );
  const clear = useCallback(() => setParameters({}), [setParameters]);
  return { filters, change, clear };
}
