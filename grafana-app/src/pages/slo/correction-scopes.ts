import { t } from '@grafana/i18n';
import type { Slo, SloCorrectionPost } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { cut } from '../../components/timeline/describe-mark';

interface ScopeOption {
  readonly value: 'group' | 'slo' | 'service';
  readonly label: string;
  readonly scope: SloCorrectionPost['scope'];
}

/** What a correction may be about, the narrowest first. */
export function scopeOptions({ id, objectiveId, service }: Slo): ScopeOption[] {
  const isGroup = id !== objectiveId;
  const ofService = t('slo.scope-service', 'All SLOs of {{service}}', {
    service: cut(service, 40),
    interpolation: unescaped,
  });
  return [
    ...(isGroup
      ? [{ value: 'group' as const, label: t('slo.scope-group', 'These labels'), scope: { objective: id } }]
      : []),
    {
      value: 'slo',
      label: isGroup ? t('slo.scope-all', 'All labels of this SLO') : t('slo.scope-slo', 'This SLO'),
      scope: { objective: objectiveId },
    },
    { value: 'service', label: ofService, scope: { service } },
  ];
}
