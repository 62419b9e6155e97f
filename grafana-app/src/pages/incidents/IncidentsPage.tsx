import { PluginPage } from '@grafana/runtime';

function IncidentsPage({ configured }: { readonly configured: boolean }) {
  return <PluginPage>{String(configured)}</PluginPage>;
}

export default IncidentsPage;
