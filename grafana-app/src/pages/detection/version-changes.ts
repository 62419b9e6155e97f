import { t } from '@grafana/i18n';
import type { TuningVersion } from '../../api/feedback';
import { unescaped } from '../../app/unescaped';
import { ruleText, rulesBeside } from './rule-changes';

/** What a version changed against the one before it, a sentence each. */
export function versionChanges(
  { rules, settings }: TuningVersion,
  before: TuningVersion | undefined,
  titles: ReadonlyMap<string, string>,
): string[] {
  const { added, gone } = rulesBeside(rules, before?.rules ?? []);
  const text = (rule: (typeof added)[number]) => ({ rule: ruleText(rule, titles), interpolation: unescaped });
  const isSame = JSON.stringify(settings) === JSON.stringify(before?.settings);
  return [
    ...added.map((rule) => t('tuning.added', 'New: {{rule}}', text(rule))),
    ...gone.map((rule) => t('tuning.gone', 'Gone: {{rule}}', text(rule))),
    ...(isSame ? [] : [settingsText(settings)]),
  ];
}

function settingsText(settings: TuningVersion['settings']): string {
  const { noticeSurprise, pageScore, without = [] } = settings ?? {};
  const parts = [
    ...(noticeSurprise === undefined ? [] : [`notice_surprise ${noticeSurprise}`]),
    ...(pageScore === undefined ? [] : [`page_score ${pageScore}`]),
    ...(without.length === 0 ? [] : [`without ${without.join(', ')}`]),
  ];
  return parts.length === 0
    ? t('tuning.settings-configured', "The settings are the configuration's.")
    : t('tuning.settings', 'Settings in place of the configuration: {{what}}.', {
        what: parts.join('; '),
        interpolation: unescaped,
      });
}
