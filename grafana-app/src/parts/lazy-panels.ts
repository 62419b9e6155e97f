import { lazy } from 'react';

// Grafana's panels come with a library larger than all of the app: it is loaded when somebody looks at one.
const panels = () => import('./grafana-panels');

export const EvidencePanels = lazy(async () => ({ default: (await panels()).EvidencePanels }));
export const ServiceMap = lazy(async () => ({ default: (await panels()).ServiceMap }));
export const BudgetCharts = lazy(async () => ({ default: (await panels()).BudgetCharts }));
