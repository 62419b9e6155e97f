import { t } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { LoadState } from '../app/load-state';
import { LoadFailure } from './LoadFailure';

interface Props<Data> {
  readonly state: LoadState<Data>;
  /** As in "Earlier incidents could not be loaded". */
  readonly failed: string;
  readonly onTryAgain: () => void;
  readonly children: (data: Data) => ReactNode;
}

/** A part of a page in whatever state it is: it may fail, and the rest of the page stands. */
export function PartState<Data>({ state, failed, onTryAgain, children }: Props<Data>) {
  switch (state.kind) {
    case 'loading':
      return <LoadingPlaceholder text={t('state.loading', 'Loading')} />;
    case 'failed':
      return <LoadFailure title={failed} error={state.error} atMs={state.atMs} onTryAgain={onTryAgain} />;
    case 'ready':
      return children(state.data);
  }
}
