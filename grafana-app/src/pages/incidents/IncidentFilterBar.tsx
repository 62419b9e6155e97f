import { t } from '@grafana/i18n';
import { Button, Drawer, FilterInput, Stack } from '@grafana/ui';
import { useState } from 'react';
import { unescaped } from '../../app/unescaped';
import { OwnPart } from '../../components/OwnPart';
import { countFilters } from './incident-address';
import { FilterFields, type FilterProps } from './FilterFields';

interface Props extends FilterProps {
  /** There is no room for the fields: they are behind a button. */
  readonly folded: boolean;
  readonly onReset: () => void;
}

export function IncidentFilterBar({ folded, onReset, ...props }: Props) {
  const { address, onChange } = props;
  const [open, setOpen] = useState(false);
  const count = countFilters(address);
  const reset = (
    <Button variant="secondary" fill="text" onClick={onReset}>
      {t('incidents.reset', 'Reset')}
    </Button>
  );
  const search = (
    <FilterInput
      width={folded ? 0 : 30}
      placeholder={t('incidents.search', 'Search')}
      aria-label={t('incidents.search', 'Search')}
      value={address.q}
      escapeRegex={false}
      onChange={(q) => onChange({ q })}
    />
  );
  if (!folded) {
    return (
      <Stack wrap="wrap" gap={1} alignItems="center">
        {search}
        <FilterFields {...props} />
        {reset}
      </Stack>
    );
  }
  return (
    <Stack gap={1}>
      <div style={{ flex: 1 }}>{search}</div>
      <div>
        <Button variant="secondary" icon="filter" onClick={() => setOpen(true)}>
          {count === 0
            ? t('incidents.filters', 'Filters')
            : t('incidents.filters-set', 'Filters ({{set}})', { set: count, interpolation: unescaped })}
        </Button>
      </div>
      {open && (
        <Drawer title={t('incidents.filters', 'Filters')} size="sm" onClose={() => setOpen(false)}>
          <OwnPart>
            <Stack direction="column" gap={2}>
              <FilterFields {...props} />
              {reset}
            </Stack>
          </OwnPart>
        </Drawer>
      )}
    </Stack>
  );
}
