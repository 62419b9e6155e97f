import { t } from '@grafana/i18n';
import { Button, Drawer, FilterInput, Stack } from '@grafana/ui';
import { type ReactNode, useState } from 'react';
import { unescaped } from '../../app/unescaped';
import { OwnPart } from '../OwnPart';

interface Props {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  /** How many filters are set. */
  readonly count: number;
  /** There is no room for the fields: they are behind a button. */
  readonly folded: boolean;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** Search and filters above a list. */
export function FilterBar({ search, onSearch, count, folded, onReset, children }: Props) {
  const [open, setOpen] = useState(false);
  const reset = (
    <Button variant="secondary" fill="text" onClick={onReset}>
      {t('list.reset', 'Reset')}
    </Button>
  );
  const field = (
    <FilterInput
      width={folded ? 0 : 30}
      placeholder={t('list.search', 'Search')}
      aria-label={t('list.search', 'Search')}
      value={search}
      escapeRegex={false}
      onChange={onSearch}
    />
  );
  if (!folded) {
    return (
      <Stack wrap="wrap" gap={1} alignItems="center">
        {field}
        {children}
        {reset}
      </Stack>
    );
  }
  return (
    <Stack gap={1}>
      <div style={{ flex: 1 }}>{field}</div>
      <div>
        <Button variant="secondary" icon="filter" onClick={() => setOpen(true)}>
          {count === 0
            ? t('list.filters', 'Filters')
            : t('list.filters-set', 'Filters ({{set}})', { set: count, interpolation: unescaped })}
        </Button>
      </div>
      {open && (
        <Drawer title={t('list.filters', 'Filters')} size="sm" onClose={() => setOpen(false)}>
          <OwnPart>
            <Stack direction="column" gap={2}>
              {children}
              {reset}
            </Stack>
          </OwnPart>
        </Drawer>
      )}
    </Stack>
  );
}
