import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { addressParameters, type IncidentAddress, parseAddress, questionOf } from './incident-address';

export type ChangeAddress = (part: Partial<IncidentAddress>, options?: { readonly replace?: boolean }) => void;

/** Everything that can be chosen lives in the address. Typing replaces the history entry, choosing adds one. */
export function useAddress() {
  const [parameters, setParameters] = useSearchParams();
  const address = useMemo(() => parseAddress(parameters), [parameters]);
  // Changes may follow each other faster than pages are drawn, so each builds on the one before; and `change` stays the same
  // function, though the router makes a new setter for every address: tables ask anew when what they call is new.
  const latest = useRef({ address, setParameters });
  useLayoutEffect(() => {
    latest.current = { address, setParameters };
  }, [address, setParameters]);

  const change = useCallback<ChangeAddress>((part, { replace } = {}) => {
    const { address: before, setParameters: set } = latest.current;
    const merged = { ...before, ...part };
    // Another question starts on its first page and without a zoom.
    const next = questionOf(merged) === questionOf(before) ? merged : { ...merged, page: 1, zoom: undefined };
    const asked = addressParameters(next);
    if (asked.toString() === addressParameters(before).toString()) {
      return;
    }
    const typed = Object.keys(part).every((name) => name === 'q');
    latest.current = { address: next, setParameters: set };
    set(asked, { replace: replace ?? typed });
  }, []);
  const clear = useCallback(() => latest.current.setParameters({}), []);
  return { address, change, clear };
}
