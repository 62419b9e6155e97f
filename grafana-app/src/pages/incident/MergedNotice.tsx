import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, TextLink } from '@grafana/ui';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';

interface Props {
  /** The incident that has the anomalies now; empty for none. */
  readonly mergedInto: string;
  readonly merged: readonly string[];
}

/** Links to an incident that was merged keep working: they say where its anomalies are. */
export function MergedNotice({ mergedInto, merged }: Props) {
  if (mergedInto !== '') {
    const title = t('incident.merged-away', 'This incident was merged into another one');
    return (
      <Alert severity="info" title={title}>
        <TextLink href={locationUtil.assureBaseUrl(incidentPath(mergedInto))}>
          {t('incident.numbered', 'Incident {{id}}', { id: mergedInto, interpolation: unescaped })}
        </TextLink>
      </Alert>
    );
  }
  if (merged.length === 0) {
    return null;
  }
  const title = t('incident.merged-here', '', {
    ids: merged.join(', '),
    count: merged.length,
    interpolation: unescaped,
    defaultValue_one: 'Incident {{ids}} was merged into this one',
    defaultValue_other: 'Incidents {{ids}} were merged into this one',
  });
  return <Alert severity="info" title={title} />;
}
