import type { Settings } from '../config/schema.ts';
import type { CorrectionScope } from '../model/slo-correction.ts';
import type { SloCrossing } from '../model/slo-crossing.ts';
import { createPart } from '../runtime/part.ts';
import { readYamlFiles } from '../runtime/yaml/read-yaml-files.ts';
import { readSloFiles } from '../slo/files/read-slo-files.ts';
import { SloStage } from '../slo/slo-stage.ts';
import type { Foundation } from './foundation.ts';
import { createSloQueries, sloQueryAddress } from './history.ts';
import { createSloDesk } from './slo-desk.ts';

/** Who is told of crossings. */
interface Listener {
  budget(crossing: SloCrossing): void;
}

/** Error budgets; their counts pass from one set of objectives to the next through the store. */
export function createSlo(foundation: Foundation, listeners: () => readonly Listener[]) {
  const { settings, store, clock, logger, metrics } = foundation;
  const ledgers = { ledger: store.sloCounts, corrections: store.sloCorrections, crossings: store.sloCrossings };
  const onCrossing = (crossing: SloCrossing) => listeners().forEach((listener) => listener.budget(crossing));
  const isActive = (): boolean => store.duty.state() === 'active';
  const part = createPart(
    {
      name: 'slo',
      // What stands in the files may have changed while their names have not.
      reads: ({ slo, forward, publish }: Settings) => [
        slo,
        sloQueryAddress({ slo, forward, publish }),
        slo.files.flatMap((path) => readYamlFiles(path)),
      ],
      make(current: Settings, own) {
        const { slo: options } = current;
        const { objectives } = readSloFiles(options.files.flatMap((path) => readYamlFiles(path)));
        const around = { ask: createSloQueries(current), isActive, onCrossing, clock, logger, metrics: own };
        return new SloStage({ options, objectives, ...ledgers, ...around });
      },
      metrics,
      exclusive: true,
    },
    settings,
  );
  return {
    part,
    leastLeft: (scope: CorrectionScope) => part.current.leastLeft(scope),
    desk: createSloDesk(foundation, () => part.current),
  };
}
