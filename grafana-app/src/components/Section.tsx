import { Stack, Text } from '@grafana/ui';
import type { ReactNode } from 'react';

/** A part of a drawer under a heading, by which it is also found. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Stack direction="column" gap={1}>
        <Text element="h3" variant="h5">
          {title}
        </Text>
        {children}
      </Stack>
    </section>
  );
}
