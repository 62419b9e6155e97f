import { hasPermission, PluginPage } from '@grafana/runtime';
import type { ReactNode } from 'react';
import type { AppSettings } from '../app/settings';
import { Forbidden } from './Forbidden';
import { NotConfigured } from './NotConfigured';

interface Props {
  readonly settings: AppSettings;
  readonly permission: string;
  /** What cannot be viewed without it, as in "You cannot view incidents". */
  readonly noun: string;
  readonly children: ReactNode;
}

/** A page for those who may see it, once there is a sidecar to ask; for others why it is not there. */
export function PageGuard({ settings, permission, noun, children }: Props) {
  if (!settings.apiUrl) {
    return (
      <PluginPage>
        <NotConfigured />
      </PluginPage>
    );
  }
  if (!hasPermission(permission)) {
    return (
      <PluginPage>
        <Forbidden noun={noun} permission={permission} />
      </PluginPage>
    );
  }
  return children;
}
