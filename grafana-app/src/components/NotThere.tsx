import { locationUtil } from '@grafana/data';
import { EmptyState, LinkButton } from '@grafana/ui';
import type { LoadState } from '../app/load-state';

interface Props {
  /** As in "There is no incident 121". */
  readonly message: string;
  readonly why: string;
  /** As in "All incidents". */
  readonly all: string;
  readonly allPath: string;
}

/** In the place of something that the sidecar does not know. */
export function NotThere({ message, why, all, allPath }: Props) {
  const button = (
    <LinkButton variant="secondary" href={locationUtil.assureBaseUrl(allPath)}>
      {all}
    </LinkButton>
  );
  return (
    <EmptyState variant="not-found" message={message} button={button}>
      {why}
    </EmptyState>
  );
}

export function isMissing(state: LoadState<unknown>): boolean {
  return state.kind === 'failed' && state.error.kind === 'not_found';
}
