import type { Indicator, Objective, SloWindow } from '../../model/slo.ts';
import { isTimeZone } from '../../runtime/yaml/lengths-of-time.ts';
import { fault, faults, part, type Part, then, together } from '../../runtime/yaml/understood.ts';
import { labelsOf, targetOf } from './common-parts.ts';
import type { Found } from './found.ts';
import { type Measured, readIndicator } from './openslo-indicator.ts';
import { judge } from './openslo-judge.ts';
import { calendarWindow, shorthandMs } from './openslo-lengths.ts';
import type { OpenSloNames } from './openslo-names.ts';
import { readPolicies } from './openslo-policies.ts';
import type { OpenSlo, OpenSloObjective, OpenSloWindow } from './openslo-schema.ts';

type Path = readonly (string | number)[];

/** Each of its objectives is one of ours. */
export function readOpenSlo(slo: OpenSlo, names: OpenSloNames): Found {
  const { spec } = slo;
  const shared = together({
    window: windowOf(spec.timeWindow?.[0]),
    alerting: readPolicies(spec.alertPolicies ?? [], names),
  });
  const own = spec.objectives.map((objective, index) => {
    const path = ['spec', 'objectives', index];
    return together({
      target: targetOfObjective(objective, path),
      indicator: indicatorOf(slo, objective, { path, names }),
      weight: weightOf(objective, path),
    });
  });
  const all = [shared, ...own].flatMap((one) => (one.kind === 'faults' ? one.faults : []));
  // Objectives that share an SLI share its faults.
  const wrong = [...new Map(all.map((one) => [`${String(one.paths)} ${one.message}`, one])).values()];
  if (shared.kind === 'faults' || wrong.length > 0) return { objectives: [], faults: wrong };
  const objectives = own.flatMap((one, index) => {
    if (one.kind === 'faults') return [];
    const { target, indicator } = one.value;
    return [{ ...textsOf(slo, index), ...shared.value, target, indicator, path: ['spec', 'objectives', index] }];
  });
  return { objectives, faults: [] };
}

function textsOf(
  { metadata, spec }: OpenSlo,
  index: number,
): Pick<Objective, 'name' | 'displayName' | 'description' | 'service' | 'labels'> {
  const several = spec.objectives.length > 1;
  const shown = metadata.displayName ?? metadata.name;
  const own = spec.objectives[index]?.displayName ?? `objective ${index + 1}`;
  return {
    name: several ? `${metadata.name}-${index + 1}` : metadata.name,
    displayName: several ? `${shown}: ${own}` : shown,
    description: spec.description ?? '',
    service: spec.service,
    labels: labelsOf(metadata.labels),
  };
}

function targetOfObjective({ target, targetPercent }: OpenSloObjective, path: Path): Part<number> {
  if (target !== undefined && targetPercent === undefined) {
    if (target < 1) return targetOf(target * 100, [...path, 'target']);
    const remedy = `Write targetPercent: ${target}, or target: ${target / 100}.`;
    return faults(fault([...path, 'target'], `A target of ${target} is no share below 1.`, remedy));
  }
  if (targetPercent !== undefined && target === undefined) return targetOf(targetPercent, [...path, 'targetPercent']);
  return faults(fault(path, 'An objective has one of target and targetPercent.', 'Write targetPercent: 99.9.'));
}

/** Budgets of several objectives are counted apart, so a weight would do nothing. */
function weightOf({ compositeWeight = 1 }: OpenSloObjective, path: Path): Part<number> {
  if (compositeWeight === 1) return part(1);
  const remedy = 'Remove it: each objective gets a budget of its own.';
  return faults(fault([...path, 'compositeWeight'], 'Weights of composite objectives are not counted.', remedy));
}

function indicatorOf(
  { spec }: OpenSlo,
  objective: OpenSloObjective,
  { path, names }: { readonly path: Path; readonly names: OpenSloNames },
): Part<Indicator> {
  const own = objective.indicator !== undefined || objective.indicatorRef !== undefined;
  const measured = own ? measuredOf(objective, path, names) : measuredOf(spec, ['spec'], names);
  return then(measured, (known) => judge(known, objective, { method: spec.budgetingMethod, path }));
}

function measuredOf(
  { indicator, indicatorRef }: Pick<OpenSloObjective, 'indicator' | 'indicatorRef'>,
  path: Path,
  names: OpenSloNames,
): Part<Measured> {
  if (indicator !== undefined && indicatorRef === undefined) {
    return readIndicator(indicator.spec, { path: [...path, 'indicator', 'spec'], typeOf: names.sourceType });
  }
  if (indicatorRef === undefined || indicator !== undefined) {
    return faults(fault(path, 'An SLO has one of indicator and indicatorRef.', 'Keep one of them.'));
  }
  const known = names.indicator(indicatorRef);
  if (known !== undefined) return known;
  const message = `There is no SLI named ${indicatorRef} that can be used.`;
  return faults(
    fault([...path, 'indicatorRef'], message, 'Add the document with kind: SLI, or write the indicator here.'),
  );
}

/** Absent: 28 days, as most do. */
function windowOf(written: OpenSloWindow | undefined): Part<SloWindow> {
  const path = ['spec', 'timeWindow', 0];
  if (written === undefined) return part({ kind: 'rolling', durationMs: 28 * 86_400_000 });
  const { duration, calendar } = written;
  if (calendar === undefined) {
    const durationMs = shorthandMs(duration);
    if (durationMs !== undefined) return part({ kind: 'rolling', durationMs });
    return faults(fault([...path, 'duration'], `"${duration}" is no length of time.`, 'Write it as 28d or 4w.'));
  }
  if (!isTimeZone(calendar.timeZone)) {
    const message = `There is no time zone ${calendar.timeZone}.`;
    return faults(fault([...path, 'calendar', 'timeZone'], message, 'Use a name such as Europe/Berlin or UTC.'));
  }
  const window = calendarWindow(duration, calendar);
  if (window !== undefined) return part(window);
  const message = `"${duration}" from ${calendar.startTime} on is no part of a calendar.`;
  return faults(fault(path, message, 'Write duration: 1M and startTime: 2026-01-01 00:00:00.'));
}
