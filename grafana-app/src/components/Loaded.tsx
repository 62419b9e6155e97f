import { LoadingBar } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { LoadState } from '../app/load-state';
import { LoadTrouble } from './LoadTrouble';
import { PageSkeleton } from './PageSkeleton';

type Ready<Data> = Extract<LoadState<Data>, { kind: 'ready' }>;

interface Props<Data> {
  readonly state: LoadState<Data>;
  /** What is shown answers another question than the one that was asked last. */
  readonly refreshing: boolean;
  /** Of the page, px. */
  readonly width: number;
  /** As in "Loading incidents". */
  readonly loading: string;
  /** As in "Incidents could not be loaded". */
  readonly failed: string;
  /** As in "You cannot view incidents". */
  readonly noun: string;
  readonly permission: string;
  readonly onTryAgain: () => void;
  readonly children: (ready: Ready<Data>) => ReactNode;
}

/** The data of a page in whatever state they are. Data that are old stay, below what is wrong. */
export function Loaded<Data>({ state, refreshing, width, loading, children, ...trouble }: Props<Data>) {
  const { failed, noun, permission, onTryAgain } = trouble;
  return (
    <>
      <div style={{ height: 1 }}>{refreshing && <LoadingBar width={width} delay={300} />}</div>
      {state.kind === 'loading' && <PageSkeleton label={loading} />}
      <LoadTrouble state={state} title={failed} noun={noun} permission={permission} onTryAgain={onTryAgain} />
      {state.kind === 'ready' && children(state)}
    </>
  );
}
