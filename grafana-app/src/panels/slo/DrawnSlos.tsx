import { BurnTiles, BudgetTiles } from './SloTiles';
import type { SloOptions } from './options';
import type { PanelSlo } from './panel-slo';
import { SloList } from './SloList';
import { TinySlo } from './TinySlo';

interface Props {
  /** In order, at least one. */
  readonly slos: readonly PanelSlo[];
  readonly width: number;
  readonly height: number;
  readonly options: SloOptions;
}

/** At the panel's size: a figure when tiny, bars with figures when small, everything when large. */
export function DrawnSlos({ slos, width, height, options }: Props) {
  if (width < 240 || height < 80) {
    return <TinySlo slos={slos} show={options.show} width={width} />;
  }
  const small = width < 480 || height < 200;
  switch (options.show) {
    case 'budget':
      return <BudgetTiles slos={slos} small={small} showEnd={options.showEnd} />;
    case 'burn':
      return <BurnTiles slos={slos} small={small} />;
    case 'list':
      return <SloList slos={slos} small={small} showEnd={options.showEnd} />;
  }
}
