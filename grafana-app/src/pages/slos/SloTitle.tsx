import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { sloPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { PageLink } from '../../components/PageLink';
import { cut } from '../../components/timeline/describe-mark';
import { formatCount } from '../../grafana/format-value';
import type { SloGroups } from './slo-row';

/** The objective's name, and below it whose it is. */
export function SloTitle({ row: { worst, groups } }: { readonly row: SloGroups }) {
  return (
    <Stack direction="column" gap={0}>
      <PageLink path={sloPath(worst.id)}>{cut(worst.displayName)}</PageLink>
      <Text color="secondary" variant="bodySmall">
        {groups.length === 1
          ? cut(worst.service)
          : t('slos.worst-of', '{{service}}, worst of {{groups}}', {
              service: cut(worst.service),
              groups: formatCount(groups.length),
              interpolation: unescaped,
            })}
      </Text>
    </Stack>
  );
}
