import type { Settings } from '../../config/schema.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';
import { detectors } from '../../score/registry.ts';

/** Detectors and questions that there are not. */
export function checkDetectorNames({ score }: Settings): SettingFault[] {
  const known = new Set(detectors.flatMap(({ name, question }) => [name, question]));
  const lists = [
    { path: ['score', 'without'], names: score.without },
    { path: ['score', 'shadow', 'without'], names: score.shadow.without },
  ];
  return lists.flatMap(({ path, names }) =>
    names
      .filter((name) => !known.has(name))
      .map((name) => ({
        paths: [path],
        message: `There is no detector and no question ${JSON.stringify(name)}.`,
        remedy: `There are: ${[...known].join(', ')}.`,
      })),
  );
}
