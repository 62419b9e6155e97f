import type { Settings } from '../../config/schema.ts';
import { messageOf } from '../../runtime/errors.ts';
import { describeProblem, type SettingFault } from '../../runtime/yaml/problem.ts';
import { readYamlFiles } from '../../runtime/yaml/read-yaml-files.ts';
import { readSloFiles } from '../../slo/files/read-slo-files.ts';

/** Objectives that cannot be read would be budgets that nobody watches. */
export function checkSloFiles({ slo: { files, maxBudgets } }: Pick<Settings, 'slo'>): readonly SettingFault[] {
  const read = files.map((path, index) => {
    try {
      return { files: readYamlFiles(path), faults: [] };
    } catch (error) {
      const message = `${path} cannot be read: ${messageOf(error)}.`;
      const remedy = 'Name a file or a folder with objectives; a relative path begins where Sentinel was started.';
      return { files: [], faults: [{ paths: [['slo', 'files', String(index)]], message, remedy }] };
    }
  });
  const { objectives, problems } = readSloFiles(read.flatMap((one) => one.files));
  const wrong = problems.map((problem) => ({
    paths: [['slo', 'files']],
    message: describeProblem(problem.file, problem),
    remedy: 'Correct the file; "sentinel slo check" looks at it alone.',
  }));
  const tooMany = {
    paths: [['slo', 'max_budgets'], ['slo']],
    message: `There are ${objectives.length} objectives, and room for ${maxBudgets} budgets.`,
    remedy: 'Raise slo.max_budgets, or name fewer files.',
  };
  return [...read.flatMap(({ faults }) => faults), ...wrong, ...(objectives.length > maxBudgets ? [tooMany] : [])];
}
