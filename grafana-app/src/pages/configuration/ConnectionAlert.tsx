import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, LinkButton } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { incidentsPath } from '../../app/routes';
import { testIds } from '../../testing/test-ids';
import type { ConnectionReport } from './explain-connection';

/** What the test found; focus moves to it, and on success the way leads on. */
export function ConnectionAlert({ report }: { readonly report: ConnectionReport }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), [report]);
  return (
    <>
      <div ref={frame} tabIndex={-1} data-testid={testIds.configuration.report}>
        <Alert severity={report.severity} title={report.title}>
          {report.text}
        </Alert>
      </div>
      {report.severity === 'success' && (
        <div>
          {/* With a target Grafana loads the page anew, which an app that was just enabled needs for its menu. */}
          <LinkButton variant="secondary" href={locationUtil.assureBaseUrl(incidentsPath)} target="_self">
            {t('configuration.open-incidents', 'Open incidents')}
          </LinkButton>
        </div>
      )}
    </>
  );
}
