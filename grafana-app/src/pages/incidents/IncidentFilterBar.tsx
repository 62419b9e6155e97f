import { dateTime, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, FilterInput, MultiCombobox, Stack, TimeRangePicker } from '@grafana/ui';
import { useMemo } from 'react';
import { type IncidentFilters, toSpan } from './incident-filters';

interface Props {
  readonly filters: IncidentFilters;
  readonly services: readonly string[];
  readonly onChange: (part: Partial<IncidentFilters>) => void;
  readonly onReset: () => void;
}

export function IncidentFilterBar({ filters, services, onChange, onReset }: Props) {
  const { from, to } = filters;
  const range = useMemo(() => toTimeRange(from, to), [from, to]);
  return (
    <Stack wrap="wrap" gap={1} alignItems="center">
      <FilterInput
        width={30}
        placeholder={t('incidents.search', 'Search')}
        value={filters.q}
        escapeRegex={false}
        onChange={(q) => onChange({ q })}
      />
      <Combobox
        width="auto"
        minWidth={16}
        aria-label={t('incidents.state', 'State')}
        value={filters.state}
        options={[
          { value: 'all', label: t('incidents.state-any', 'State: all') },
          { value: 'open', label: t('incidents.state-open', 'Open') },
          { value: 'closed', label: t('incidents.state-closed', 'Closed') },
        ]}
        onChange={({ value }) => onChange({ state: value })}
      />
      <Combobox
        width="auto"
        minWidth={18}
        aria-label={t('incidents.severity', 'Severity')}
        value={filters.severity}
        options={[
          { value: 'all', label: t('incidents.severity-any', 'Severity: all') },
          { value: 'major', label: t('severity.major', 'Major') },
          { value: 'minor', label: t('severity.minor', 'Minor') },
        ]}
        onChange={({ value }) => onChange({ severity: value })}
      />
      <MultiCombobox
        width="auto"
        minWidth={20}
        maxWidth={40}
        aria-label={t('incidents.service', 'Service')}
        placeholder={t('incidents.service-any', 'Service: all')}
        value={[...filters.service]}
        options={services.map((value) => ({ value, label: value }))}
        createCustomValue
        onChange={(chosen) => onChange({ service: chosen.map(({ value }) => value) })}
      />
      <TimeRangePicker
        value={range}
        onChange={({ raw }) => onChange({ from: rawText(raw.from), to: rawText(raw.to) })}
        onChangeTimeZone={() => undefined}
        onMoveBackward={() => onChange(moved(filters, -1))}
        onMoveForward={() => onChange(moved(filters, 1))}
        onZoom={() => onChange(widened(filters))}
      />
      <Button variant="secondary" fill="text" onClick={onReset}>
        {t('incidents.reset', 'Reset')}
      </Button>
    </Stack>
  );
}

function toTimeRange(from: string, to: string): TimeRange {
  const span = toSpan({ from, to });
  const raw = /^\d+$/.test(from) ? { from: dateTime(span.from), to: dateTime(span.to) } : { from, to };
  return { from: dateTime(span.from), to: dateTime(span.to), raw };
}

function rawText(value: TimeRange['raw']['from']): string {
  return typeof value === 'string' ? value : String(value.valueOf());
}

function moved(filters: IncidentFilters, direction: 1 | -1): { from: string; to: string } {
  const span = toSpan(filters);
  const by = ((span.to - span.from) / 2) * direction;
  return { from: String(Math.round(span.from + by)), to: String(Math.round(span.to + by)) };
}

function widened(filters: IncidentFilters): { from: string; to: string } {
  const span = toSpan(filters);
  const by = (span.to - span.from) / 2;
  return { from: String(Math.round(span.from - by)), to: String(Math.round(span.to + by)) };
}
