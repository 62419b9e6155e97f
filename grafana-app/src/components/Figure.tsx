import { css } from '@emotion/css';

/** A figure in a table: one line, digits below digits. */
export function Figure({ text }: { readonly text: string }) {
  return <div className={figure}>{text}</div>;
}

const figure = css({ textAlign: 'right', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' });
