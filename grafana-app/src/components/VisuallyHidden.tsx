import { css } from '@emotion/css';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Spoken politely when it changes. */
  readonly live?: boolean;
  readonly id?: string;
}

/** For screen readers only. */
export function VisuallyHidden({ children, live = false, id }: Props) {
  return (
    <div id={id} className={hidden} aria-live={live ? 'polite' : undefined}>
      {children}
    </div>
  );
}

const hidden = css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' });
