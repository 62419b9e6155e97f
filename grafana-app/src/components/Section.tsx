import { Stack, Text } from '@grafana/ui';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Of a page; otherwise of a drawer. */
  readonly ofPage?: boolean;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page or a drawer under a heading, by which it is also found. */
export function Section({ title, ofPage = false, actions, children }: Props) {
  return (
    <section aria-label={title}>
      <Stack direction="column" gap={1}>
        <Stack gap={1} alignItems="center" justifyContent="space-between" wrap="wrap">
          <Text element={ofPage ? 'h2' : 'h3'} variant={ofPage ? 'h4' : 'h5'}>
            {title}
          </Text>
          {actions}
        </Stack>
        {children}
      </Stack>
    </section>
  );
}
