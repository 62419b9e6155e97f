import type { Settings } from '../../config/schema.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';
import { scopeOf } from '../../slo/maintenance/maintenance-window.ts';
import { readRepeat } from '../../slo/maintenance/repeat.ts';

/** A window that never comes, or is about nothing, would be planned work that burns budgets. */
export function checkMaintenance({ slo: { maintenance } }: Pick<Settings, 'slo'>): readonly SettingFault[] {
  return maintenance.flatMap((window, index) => {
    const at = (name: string) => [
      ['slo', 'maintenance', String(index), name],
      ['slo', 'maintenance', String(index)],
    ];
    const read = window.repeat === '' ? undefined : readRepeat(window.repeat);
    const faults: SettingFault[] = [];
    if (read?.kind === 'fault') {
      const remedy = 'Write it as in FREQ=WEEKLY;BYDAY=SU, or leave it out for once.';
      faults.push({ paths: at('repeat'), message: `slo.maintenance[${index}].repeat ${read.message}.`, remedy });
    }
    if (Number.isNaN(Date.parse(`${window.begin}Z`))) {
      faults.push({
        paths: at('begin'),
        message: `${window.begin} is no date and time.`,
        remedy: 'Write it as in 2026-03-01T02:00.',
      });
    }
    if (Object.keys(scopeOf(window)).length === 0) {
      const message = `slo.maintenance[${index}] says neither objective nor service nor labels.`;
      faults.push({ paths: at('service'), message, remedy: 'Say what it is about.' });
    }
    if (maintenance.findIndex(({ name }) => name === window.name) !== index) {
      faults.push({
        paths: at('name'),
        message: `There is another maintenance window ${window.name}.`,
        remedy: 'Give each a name of its own.',
      });
    }
    return faults;
  });
}
