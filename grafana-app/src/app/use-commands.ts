import { useCallback, useMemo, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error';

export interface Commands {
  /** Runs one change at a time; true when the sidecar did it. */
  readonly run: (change: () => Promise<unknown>) => Promise<boolean>;
  readonly busy: boolean;
  /** Why the last one was not done. */
  readonly refused: ApiError | undefined;
  readonly forget: () => void;
}

/** Changes to what is shown: the page is read anew after each, so that a button shows what came of it. */
export function useCommands(readAgain: () => void): Commands {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError>();
  const run = useCallback(
    async (change: () => Promise<unknown>) => {
      setBusy(true);
      setRefused(undefined);
      try {
        await change();
        readAgain();
        return true;
      } catch (fault) {
        setRefused(toApiError(fault));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [readAgain],
  );
  const forget = useCallback(() => setRefused(undefined), []);
  return useMemo(() => ({ run, busy, refused, forget }), [run, busy, refused, forget]);
}
