import { Stack, Text, TextLink } from '@grafana/ui';
import { useNavigate } from 'react-router-dom';
import type { MouseEvent } from 'react';
import { t } from '@grafana/i18n';
import { locationUtil } from '@grafana/data';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { causeLine } from '../../components/incident/cause-words';
import { cut } from '../../components/timeline/describe-mark';
import type { Row } from './row';

/** What is wrong, and below it what is known of why. */
export function IncidentTitle({ incident }: { readonly incident: Row }) {
  const { id, title, cause, demoted } = incident;
  const navigate = useNavigate();
  const path = incidentPath(id);

  function onClick(event: MouseEvent) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      void navigate(path);
    }
  }

  return (
    <Stack direction="column" gap={0}>
      <TextLink href={locationUtil.assureBaseUrl(path)} inline={false} color="primary" onClick={onClick}>
        {cut(title)}
      </TextLink>
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
