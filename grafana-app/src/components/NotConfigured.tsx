import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { EmptyState, LinkButton } from '@grafana/ui';
import { locationUtil } from '@grafana/data';
import { configurationPath } from '../app/routes';

/** Shown until an administrator has entered the address of the sidecar. */
export function NotConfigured() {
  const isAdmin = config.bootData.user.orgRole === 'Admin' || config.bootData.user.isGrafanaAdmin;
  const button = (
    <LinkButton href={locationUtil.assureBaseUrl(`${configurationPath}?page=configuration`)}>
      {t('state.open-configuration', 'Open configuration')}
    </LinkButton>
  );
  return (
    <EmptyState
      variant="call-to-action"
      message={t('state.not-configured-title', 'Connect Sentinel to its sidecar')}
      button={isAdmin ? button : undefined}
    >
      {isAdmin
        ? t('state.not-configured', "Enter the address and token of the sidecar's API.")
        : t('state.not-configured-others', 'Ask an administrator of this Grafana to open the configuration.')}
    </EmptyState>
  );
}
