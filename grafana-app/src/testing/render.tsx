import { type PluginMeta, PluginContextProvider, PluginType } from '@grafana/data';
import { config, setCurrentUser } from '@grafana/runtime';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { PLUGIN_ID } from '../app/settings';

const meta: PluginMeta = {
  id: PLUGIN_ID,
  name: 'Sentinel',
  type: PluginType.app,
  module: '',
  baseUrl: '',
  info: {
    author: { name: '' },
    description: '',
    links: [],
    logos: { small: '', large: '' },
    screenshots: [],
    updated: '',
    version: '0.1.0',
  },
};

/** What the user of the tests may do. Grafana lets the user be set once, so it is this object that changes. */
export const granted: Record<string, boolean> = {};
setCurrentUser({ ...config.bootData.user, permissions: granted });

/** React Router announces its next major version on the console otherwise. */
const future = { v7_startTransition: true, v7_relativeSplatPath: true };

/** Draws a page at an address. Grafana's own frame around it (title, actions) is not there. */
export function renderAt(address: string, page: ReactElement) {
  return render(
    <PluginContextProvider meta={meta}>
      <MemoryRouter initialEntries={[address]} future={future}>
        {page}
      </MemoryRouter>
    </PluginContextProvider>,
  );
}
