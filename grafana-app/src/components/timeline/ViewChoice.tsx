import { t } from '@grafana/i18n';
import { RadioButtonGroup } from '@grafana/ui';

export const views = ['chart', 'moments', 'table'] as const;
export type View = (typeof views)[number];

interface Props {
  readonly view: View;
  readonly onChange: (view: View) => void;
}

/** How what happened is shown: three forms of the same. */
export function ViewChoice({ view, onChange }: Props) {
  return (
    <RadioButtonGroup
      size="sm"
      aria-label={t('view.label', 'View')}
      value={view}
      options={[
        { value: 'chart' as const, label: t('view.chart', 'Chart') },
        { value: 'moments' as const, label: t('view.moments', 'Moments') },
        { value: 'table' as const, label: t('view.table', 'Table') },
      ]}
      onChange={onChange}
    />
  );
}
