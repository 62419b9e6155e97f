import type { AppPluginMeta, PluginConfigPageProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Field, Input, SecretInput, Stack } from '@grafana/ui';
import { type SyntheticEvent, useId, useState } from 'react';
import type { AppSettings } from '../../app/settings';
import { translationsReady } from '../../app/translations';
import { testIds } from '../../testing/test-ids';
import { ConnectionAlert } from './ConnectionAlert';
import { preselect, SourceFields } from './SourceFields';
import { saveSettings } from './save-settings';
import { useConnectionTest } from './use-connection-test';

await translationsReady;

type Props = PluginConfigPageProps<AppPluginMeta<AppSettings>>;

/** Grafana's proxy knows saved settings only, so an unsaved change is saved before it is tested. */
function ConfigurationPage({ plugin }: Props) {
  const [saved, setSaved] = useState<AppSettings>(plugin.meta.jsonData ?? {});
  const [settings, setSettings] = useState(() => preselect(saved));
  const [apiToken, setApiToken] = useState<string>();
  const [tokenStored, setTokenStored] = useState(Boolean(plugin.meta.secureJsonFields?.apiToken));
  const { report, running, run } = useConnectionTest();
  const ids = { url: useId(), token: useId() };
  const unsaved = apiToken !== undefined || JSON.stringify(settings) !== JSON.stringify(saved);

  async function save(jsonData: AppSettings) {
    await saveSettings({ jsonData, ...(apiToken === undefined ? {} : { apiToken }) });
    setSaved(jsonData);
    setSettings(jsonData);
    setTokenStored(tokenStored || apiToken !== undefined);
    setApiToken(undefined);
  }

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const apiUrl = (settings.apiUrl ?? '').trim().replace(/\/+$/, '');
    void run(apiUrl, async () => {
      if (unsaved) {
        await save({ ...settings, apiUrl });
      }
    });
  }

  return (
    <form onSubmit={submit} style={{ maxWidth: 560 }} data-testid={testIds.configuration.form}>
      <Field
        label={t('configuration.api-address', 'API address')}
        description={t('configuration.api-address-hint', "Grafana's server calls it, for example http://sentinel:8480")}
        htmlFor={ids.url}
      >
        <Input
          id={ids.url}
          required
          type="url"
          value={settings.apiUrl ?? ''}
          onChange={({ currentTarget }) => setSettings({ ...settings, apiUrl: currentTarget.value })}
        />
      </Field>
      <Field
        label={t('configuration.token', 'Token')}
        description={t(
          'configuration.token-hint',
          'Made with the command: sentinel tokens create --name grafana --role responder',
        )}
        htmlFor={ids.token}
      >
        <SecretInput
          id={ids.token}
          isConfigured={tokenStored && apiToken === undefined}
          value={apiToken ?? ''}
          onChange={({ currentTarget }) => setApiToken(currentTarget.value)}
          onReset={() => {
            setTokenStored(false);
            setApiToken('');
          }}
        />
      </Field>
      <SourceFields settings={settings} onChange={setSettings} />
      <Stack direction="column" gap={2}>
        <div>
          <Button type="submit" disabled={running}>
            {unsaved ? t('configuration.save-and-test', 'Save and test') : t('configuration.test', 'Test connection')}
          </Button>
        </div>
        {report !== undefined && <ConnectionAlert report={report} />}
      </Stack>
    </form>
  );
}

export default ConfigurationPage;
