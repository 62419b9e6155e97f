import type { Anomaly } from '../../api/anomalies';
import type { Held } from '../../components/list/held-rows';

/** An anomaly in the list. */
export type Row = Held<Anomaly>;
