import { applyFieldOverrides, type PanelProps } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { readSlos } from '../../api/slos';
import type { LoadState } from '../../app/load-state';
import { usePolled } from '../../app/use-polled';
import { fromFrames } from './from-frames';
import type { SloOptions } from './options';
import type { PanelSlo } from './panel-slo';
import { toFrame } from './to-frame';

/** The budgets that the sidecar keeps, with the panel's settings for fields applied. */
export function useSentinelSlos(props: PanelProps<SloOptions>): LoadState<readonly PanelSlo[]> {
  const { options, fieldConfig, timeZone, replaceVariables } = props;
  const theme = useTheme2();
  const { state } = usePolled('slos', readSlos);
  const items = state.kind === 'ready' ? state.data.items : undefined;
  const slos = useMemo(() => {
    const data = items === undefined ? [] : [toFrame(items, options.corrections)];
    const applied = applyFieldOverrides({ data, fieldConfig, timeZone, theme, replaceVariables });
    const result = fromFrames(applied, { nameLabel: '', valueMeans: 'automatic' });
    return result.kind === 'slos' ? result.slos : [];
    // eslint-disable-next-line react-hooks/exhaustive-deps -- Grafana makes a new function for every drawing
  }, [items, options.corrections, fieldConfig, timeZone, theme]);
  return useMemo(() => (state.kind === 'ready' ? { ...state, data: slos } : state), [state, slos]);
}
