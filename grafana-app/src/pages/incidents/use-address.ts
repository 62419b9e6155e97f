import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { addressParameters, type IncidentAddress, parseAddress, questionOf } from './incident-address';

export type ChangeAddress = (part: Partial<IncidentAddress>, options?: { readonly replace?: boolean }) => void;

/** Everything that can be chosen lives in the address. Typing replaces the history entry, choosing adds one. */
export function useAddress() {
  const [parameters, setParameters] = useSearchParams();
  const address = useMemo(() => parseAddress(parameters), [parameters]);
  // Changes may follow each other faster than pages are drawn: each builds on the one before.
  const latest = useRef(address);
  useEffect(() => {
    latest.current = address;
  }, [address]);

  const change = useCallback<ChangeAddress>(
    (part, { replace } = {}) => {
      const before = latest.current;
      const merged = { ...before, ...part };
      // Another question starts on its first page and without a zoom.
      const next = questionOf(merged) === questionOf(before) ? merged : { ...merged, page: 1, zoom: undefined };
      const typed = Object.keys(part).every((name) => name === 'q');
      latest.current = next;
      setParameters(addressParameters(next), { replace: replace ?? typed });
    },
    [setParameters],
  );
  const clear = useCallback(() => setParameters({}), [setParameters]);
  return { address, change, clear };
}
