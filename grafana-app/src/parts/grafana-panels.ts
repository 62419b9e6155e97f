/** What is drawn by Grafana's own panels, in one chunk. */
export { EvidencePanels } from './evidence/EvidencePanels';
export { ServiceMap } from './services/ServiceMap';
export { BudgetCharts } from './slo/BudgetCharts';
