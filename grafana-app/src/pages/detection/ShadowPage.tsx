import { t } from '@grafana/i18n';
import { EmptyState } from '@grafana/ui';
import { readShadow } from '../../api/shadow';
import { usePolled } from '../../app/use-polled';
import { DetectionFrame } from './DetectionFrame';
import { ShadowSections } from './ShadowSections';

/** What a second configuration would have told beside the live one. */
export function ShadowPage() {
  const polled = usePolled('shadow', readShadow);
  return (
    <DetectionFrame tab="shadow" polled={polled}>
      {({ data: { report }, stale }) =>
        report === undefined ? (
          <EmptyState variant="not-found" message={t('shadow.off', 'Nothing runs in shadow')}>
            {t('shadow.off-why', "A second configuration is set under score.shadow in the sidecar's configuration.")}
          </EmptyState>
        ) : (
          <ShadowSections report={report} stale={stale} onChanged={polled.readAgain} />
        )
      }
    </DetectionFrame>
  );
}
