import type { ReactNode } from 'react';
import { VisuallyHidden } from './VisuallyHidden';

/** Grafana 13.1 drops the `aria-label` of a Combobox, so each gets a label that is there but not seen. */
export function HiddenLabel({ htmlFor, children }: { readonly htmlFor: string; readonly children: ReactNode }) {
  return (
    <VisuallyHidden>
      <label htmlFor={htmlFor}>{children}</label>
    </VisuallyHidden>
  );
}
