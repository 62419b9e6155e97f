import { t } from '@grafana/i18n';
import type { ShadowReport } from '../../api/shadow';
import { unescaped } from '../../app/unescaped';
import { formatCount } from '../../grafana/format-value';
import { ruleText, rulesBeside } from './rule-changes';

/** "The shadow would have raised 31. Live raised 40, of which it would have missed 9." */
export function raisedText({ raised, liveRaised, missed }: ShadowReport): string {
  return t('shadow.raised', 'It would have raised {{raised}}; live raised {{live}}, of which it missed {{missed}}', {
    raised: formatCount(raised),
    live: formatCount(liveRaised),
    missed: formatCount(missed),
    interpolation: unescaped,
  });
}

/** Where what it would have raised lies. */
export function whereText({
  pages,
  besideSeries,
  besideService,
  alone,
  looked,
  insideIncidents,
}: ShadowReport): string {
  return t(
    'shadow.where',
    '{{pages}} of its findings are pages. {{series}} are on a series with a live finding, {{service}} on another one of such a service, {{alone}} where nothing was live. Of the newest {{looked}}, {{inside}} are inside incidents.',
    {
      pages: formatCount(pages),
      series: formatCount(besideSeries),
      service: formatCount(besideService),
      alone: formatCount(alone),
      looked: formatCount(looked),
      inside: formatCount(insideIncidents),
      interpolation: unescaped,
    },
  );
}

/** What the shadow has otherwise than the live configuration, a sentence each. */
export function differences({ settings, live }: Pick<ShadowReport, 'settings' | 'live'>): string[] {
  const { added, gone } = rulesBeside(settings.rules, live.rules);
  return [
    ...(settings.noticeSurprise === live.noticeSurprise
      ? []
      : [
          t('shadow.notice', 'Notice border: surprise {{shadow}} in place of {{live}}.', {
            shadow: settings.noticeSurprise,
            live: live.noticeSurprise,
            interpolation: unescaped,
          }),
        ]),
    ...(settings.pageScore === live.pageScore
      ? []
      : [
          t('shadow.page', 'Page border: score {{shadow}} in place of {{live}}.', {
            shadow: settings.pageScore,
            live: live.pageScore,
            interpolation: unescaped,
          }),
        ]),
    ...(settings.without.join() === live.without.join() ? [] : [withoutText(settings.without)]),
    ...added.map((rule) => t('shadow.rule', 'Also: {{rule}}', { rule: ruleText(rule), interpolation: unescaped })),
    ...gone.map((rule) => t('shadow.no-rule', 'Without: {{rule}}', { rule: ruleText(rule), interpolation: unescaped })),
  ];
}

function withoutText(names: readonly string[]): string {
  return names.length === 0
    ? t('shadow.with-all', 'All detectors and questions are asked.')
    : t('shadow.without', 'Not asked: {{names}}.', { names: names.join(', '), interpolation: unescaped });
}
