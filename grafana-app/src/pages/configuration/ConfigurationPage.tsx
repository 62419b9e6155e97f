import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';
import { Trans, t } from '@grafana/i18n';
import { DataSourcePicker, locationService } from '@grafana/runtime';
import { Alert, Button, Field, Input, LinkButton, SecretInput, Stack } from '@grafana/ui';
import { type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
import { incidentsPath } from '../../app/routes';
import type { AppSettings } from '../../app/settings';
import { testIds } from '../../testing/test-ids';
import { saveSettings } from './save-settings';
import { useConnectionTest } from './use-connection-test';

type Props = PluginConfigPageProps<AppPluginMeta<AppSettings>>;

const sources = [
  { key: 'metricsUid', type: 'prometheus' },
  { key: 'logsUid', type: 'loki' },
  { key: 'tracesUid', type: 'tempo' },
] as const;

/** Grafana's proxy knows saved settings only, so an unsaved change is saved before it is tested. */
function ConfigurationPage({ plugin }: Props) {
  const stored = plugin.meta.jsonData ?? {};
  const [settings, setSettings] = useState<AppSettings>(stored);
  const [apiToken, setApiToken] = useState<string>();
  const [tokenStored, setTokenStored] = useState(Boolean(plugin.meta.secureJsonFields?.apiToken));
  const { report, running, run } = useConnectionTest();
  const alert = useRef<HTMLDivElement>(null);
  const ids = { url: useId(), token: useId(), metricsUid: useId(), logsUid: useId(), tracesUid: useId() };
  const unsaved = apiToken !== undefined || JSON.stringify(settings) !== JSON.stringify(stored);

  useEffect(() => {
    if (report !== undefined) {
      alert.current?.focus();
    }
  }, [report]);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (unsaved) {
      await saveSettings({ jsonData: settings, ...(apiToken === undefined ? {} : { apiToken }) });
      setTokenStored(tokenStored || apiToken !== undefined);
      setApiToken(undefined);
    }
    await run(settings.apiUrl ?? '');
  }

  const labels = {
    metricsUid: t('configuration.metrics-source', 'Metrics data source'),
    logsUid: t('configuration.logs-source', 'Logs data source'),
    tracesUid: t('configuration.traces-source', 'Traces data source'),
  };
  return (
    <form onSubmit={(event) => void submit(event)} data-testid={testIds.configuration.form}>
      <Field
        label={t('configuration.api-address', 'API address')}
        description={t('configuration.api-address-hint', "Grafana's server calls it, for example http://sentinel:8480")}
      >
        <Input
          id={ids.url}
          width={60}
          required
          type="url"
          value={settings.apiUrl ?? ''}
          onChange={(event) => setSettings({ ...settings, apiUrl: event.currentTarget.value.replace(/\/+$/, '') })}
        />
      </Field>
      <Field
        label={t('configuration.token', 'Token')}
        description={t('configuration.token-hint', 'Made with the command sentinel tokens')}
      >
        <SecretInput
          id={ids.token}
          width={60}
          isConfigured={tokenStored && apiToken === undefined}
          value={apiToken ?? ''}
          onChange={(event) => setApiToken(event.currentTarget.value)}
          onReset={() => {
            setTokenStored(false);
            setApiToken('');
          }}
        />
      </Field>
      {sources.map(({ key, type }) => (
        <Field key={key} label={labels[key]}>
          <DataSourcePicker
            inputId={ids[key]}
            type={type}
            noDefault
            current={settings[key] ?? null}
            onChange={(source) => setSettings({ ...settings, [key]: source.uid })}
            onClear={() => setSettings({ ...settings, [key]: '' })}
          />
        </Field>
      ))}
      <Stack direction="column" gap={2}>
        <div>
          <Button type="submit" disabled={running}>
            {unsaved ? (
              <Trans i18nKey="configuration.save-and-test">Save and test</Trans>
            ) : (
              <Trans i18nKey="configuration.test">Test connection</Trans>
            )}
          </Button>
        </div>
        {report !== undefined && (
          <div ref={alert} tabIndex={-1} data-testid={testIds.configuration.report}>
            <Alert severity={report.severity} title={report.title}>
              {report.text}
            </Alert>
          </div>
        )}
        {report?.severity === 'success' && (
          <div>
            <LinkButton
              variant="secondary"
              href={incidentsPath}
              onClick={() => {
                // The app was started with the settings from before: start it anew with these.
                locationService.push(incidentsPath);
                locationService.reload();
              }}
            >
              <Trans i18nKey="configuration.open-incidents">Open incidents</Trans>
            </LinkButton>
          </div>
        )}
      </Stack>
    </form>
  );
}

export default ConfigurationPage;
