import type { Settings } from '../config/schema.ts';
import { createPart } from '../runtime/part.ts';
import { readYamlFiles } from '../runtime/yaml/read-yaml-files.ts';
import { readSloFiles } from '../slo/files/read-slo-files.ts';
import { SloStage } from '../slo/slo-stage.ts';
import type { Foundation } from './foundation.ts';
import { sloView } from './slo-view.ts';

/** Error budgets; their counts pass from one set of objectives to the next through the store. */
export function createSlo({ settings, store, clock, logger, metrics }: Foundation) {
  const part = createPart(
    {
      name: 'slo',
      // What stands in the files may have changed while their names have not.
      reads: ({ slo }: Settings) => [slo, slo.files.flatMap((path) => readYamlFiles(path))],
      make({ slo }: Settings, own) {
        const { objectives } = readSloFiles(slo.files.flatMap((path) => readYamlFiles(path)));
        const isActive = (): boolean => store.duty.state() === 'active';
        return new SloStage({ objectives, ledger: store.sloCounts, isActive, clock, logger, metrics: own });
      },
      metrics,
      exclusive: true,
    },
    settings,
  );
  return { part, views: () => part.current.budgets().map(sloView) };
}
