import { Stack, Text } from '@grafana/ui';
import { t } from '@grafana/i18n';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { causeLine } from '../../components/incident/cause-words';
import { PageLink } from '../../components/PageLink';
import { cut } from '../../components/timeline/describe-mark';
import type { Row } from './row';

/** What is wrong, and below it what is known of why. */
export function IncidentTitle({ incident }: { readonly incident: Row }) {
  const { id, title, cause, demoted } = incident;

  return (
    <Stack direction="column" gap={0}>
      <PageLink path={incidentPath(id)}>{cut(title)}</PageLink>
      <Text color="secondary" variant="bodySmall">
        {cut(causeLine(cause))}
      </Text>
      {demoted !== '' && (
        <Text color="secondary" variant="bodySmall">
          {t('incidents.demoted', 'Demoted: {{why}}', { why: cut(demoted), interpolation: unescaped })}
        </Text>
      )}
    </Stack>
  );
}
