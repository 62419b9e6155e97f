import { getDefaultTimeRange, LoadingState } from '@grafana/data';
import { EmbeddedScene, SceneCSSGridLayout, SceneDataNode, VizPanel } from '@grafana/scenes';
import { t } from '@grafana/i18n';
import { useMemo, useState } from 'react';
import { graphFrames } from './graph-frames';
import { mapHeight } from './map-height';
import type { ServiceRow } from './service-rows';

/**
 * Grafana's own node graph. It lays itself out anew for every answer, so it is drawn as it was first seen and again only when
 * services come or go.
 */
export function ServiceMap({ rows }: { readonly rows: readonly ServiceRow[] }) {
  const names = rows.map(({ id, health }) => `${id} ${health}`).join();
  const [drawn, setDrawn] = useState({ names, rows });
  if (drawn.names !== names) {
    setDrawn({ names, rows });
  }
  const scene = useMemo(() => mapScene(drawn.rows), [drawn]);
  return (
    <div style={{ height: mapHeight(drawn.rows.length) }}>
      <scene.Component model={scene} />
    </div>
  );
}

function mapScene(rows: readonly ServiceRow[]): EmbeddedScene {
  const data = { state: LoadingState.Done, series: graphFrames(rows), timeRange: getDefaultTimeRange() };
  const panel = new VizPanel({
    title: t('services.map', 'Service map'),
    pluginId: 'nodeGraph',
    $data: new SceneDataNode({ data }),
  });
  return new EmbeddedScene({
    body: new SceneCSSGridLayout({
      templateColumns: 'minmax(0, 1fr)',
      autoRows: `${mapHeight(rows.length)}px`,
      children: [panel],
    }),
  });
}
