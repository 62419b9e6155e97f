import type { PluginPageProps } from '@grafana/runtime';

/** Stands for Grafana's own frame, which is not there in a component test, with the buttons of its head. */
export const PluginPage = ({ actions, children }: PluginPageProps) => (
  <>
    {actions}
    {children}
  </>
);
