import { css } from '@emotion/css';
import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** A table that may be wider than a phone scrolls by itself, and by keys; the page does not. */
export function SideScroll({ label, children }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={scroll} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

const scroll = css({ overflowX: 'auto' });
