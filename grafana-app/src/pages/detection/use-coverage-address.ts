import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { addressParameters, type CoverageAddress, parseAddress } from './coverage-address';

export type ChangeCoverage = (part: Partial<CoverageAddress>) => void;

/** Typing replaces the history entry, choosing adds one; another question starts on its first page. */
export function useCoverageAddress() {
  const [parameters, setParameters] = useSearchParams();
  const address = useMemo(() => parseAddress(parameters), [parameters]);
  const latest = useRef({ address, setParameters });
  useLayoutEffect(() => {
    latest.current = { address, setParameters };
  }, [address, setParameters]);

  const change = useCallback<ChangeCoverage>((part) => {
    const { address: before, setParameters: set } = latest.current;
    const next = { ...before, page: 1, ...part };
    latest.current = { address: next, setParameters: set };
    set(addressParameters(next), { replace: Object.keys(part).every((name) => name === 'q') });
  }, []);
  return { address, change };
}
