import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';

/** How a page's choices stand in its address. */
export interface UrlForm<Choices> {
  readonly parse: (parameters: URLSearchParams) => Choices;
  readonly write: (choices: Choices) => URLSearchParams;
  /** The part of the choices that decides what is asked for; the rest only decides how it is shown. */
  readonly questionOf: (choices: Choices) => string;
  /** What another question starts with. */
  readonly start: Partial<Choices>;
}

export type ChangeUrl<Choices> = (part: Partial<Choices>, options?: { readonly replace?: boolean }) => void;

/** Everything that can be chosen lives in the address. Typing replaces the history entry, choosing adds one. */
export function useUrlState<Choices extends { readonly q: string }>(form: UrlForm<Choices>) {
  const [parameters, setParameters] = useSearchParams();
  const address = useMemo(() => form.parse(parameters), [form, parameters]);
  // Changes may follow each other faster than pages are drawn, so each builds on the one before; and `change` stays the same
  // function, though the router makes a new setter for every address: tables ask anew when what they call is new.
  const latest = useRef({ address, setParameters });
  useLayoutEffect(() => {
    latest.current = { address, setParameters };
  }, [address, setParameters]);

  const change = useCallback<ChangeUrl<Choices>>(
    (part, { replace } = {}) => {
      const { address: before, setParameters: set } = latest.current;
      const isSameQuestion = form.questionOf({ ...before, ...part }) === form.questionOf(before);
      const next = { ...before, ...part, ...(isSameQuestion ? {} : form.start) };
      const asked = form.write(next);
      if (asked.toString() === form.write(before).toString()) {
        return;
      }
      latest.current = { address: next, setParameters: set };
      set(asked, { replace: replace ?? Object.keys(part).every((name) => name === 'q') });
    },
    [form],
  );
  const clear = useCallback(() => latest.current.setParameters({}), []);
  return { address, change, clear };
}
