import type { LoadState } from '../app/load-state';
import { Forbidden } from './Forbidden';
import { LoadFailure } from './LoadFailure';

interface Props {
  readonly state: LoadState<unknown>;
  /** As in "Incidents could not be loaded". */
  readonly title: string;
  /** As in "You cannot view incidents". */
  readonly noun: string;
  readonly permission: string;
  readonly onTryAgain: () => void;
}

/** What stands in the place of the data, or above them when they are old. Nothing while all is well. */
export function LoadTrouble({ state, title, noun, permission, onTryAgain }: Props) {
  if (state.kind === 'failed' && state.error.kind === 'forbidden') {
    return <Forbidden noun={noun} permission={permission} />;
  }
  if (state.kind === 'failed') {
    return <LoadFailure title={title} error={state.error} atMs={state.atMs} onTryAgain={onTryAgain} />;
  }
  if (state.kind === 'ready' && state.stale) {
    const error = state.lastError ?? { kind: 'unreachable', status: 0, detail: '' };
    return <LoadFailure title={title} error={error} atMs={state.atMs} showsOld onTryAgain={onTryAgain} />;
  }
  return null;
}
