import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, ClipboardButton, LoadingPlaceholder, Modal, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { readReport } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import { usePolled } from '../../app/use-polled';
import { LoadFailure } from '../../components/LoadFailure';
import { OwnPart } from '../../components/OwnPart';

interface Props {
  readonly id: string;
  readonly onDismiss: () => void;
}

/** What happened, in Markdown, to be pasted where people write about it. Shown as it is: it holds text from telemetry. */
export function ReportDialog({ id, onDismiss }: Props) {
  const styles = useStyles2(getStyles);
  const { state, readAgain } = usePolled(id, (abortSignal) => readReport(id, abortSignal));
  const title = t('report.title', 'Report on incident {{id}}', { id, interpolation: unescaped });
  return (
    <Modal title={title} isOpen onDismiss={onDismiss} className={styles.wide}>
      <OwnPart>
        {state.kind === 'loading' && <LoadingPlaceholder text={t('report.loading', 'Writing the report')} />}
        {state.kind === 'failed' && (
          <LoadFailure
            title={t('report.failed', 'The report could not be loaded')}
            error={state.error}
            atMs={state.atMs}
            onTryAgain={readAgain}
          />
        )}
        {state.kind === 'ready' && (
          <>
            {/* Longer than the dialog is high: scrolls by itself, and by keys. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className={styles.text} tabIndex={0} role="region" aria-label={title}>
              {state.data}
            </pre>
            <Modal.ButtonRow>
              <Button variant="secondary" icon="download-alt" onClick={() => download(id, state.data)}>
                {t('report.download', 'Download')}
              </Button>
              <ClipboardButton icon="copy" getText={() => state.data}>
                {t('report.copy', 'Copy Markdown')}
              </ClipboardButton>
            </Modal.ButtonRow>
          </>
        )}
      </OwnPart>
    </Modal>
  );
}

function download(id: string, markdown: string) {
  const url = URL.createObjectURL(new Blob([markdown], { type: 'text/markdown' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `incident-${id}.md`;
  link.click();
  URL.revokeObjectURL(url);
}

const getStyles = (theme: GrafanaTheme2) => ({
  wide: css({ width: 900, maxWidth: '95vw' }),
  text: css({
    maxHeight: '60vh',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
