import { t } from '@grafana/i18n';
import type { SloTier } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { burnText } from './slo-words';

export function tierWord(tier: SloTier['tier']): string {
  return {
    fast: t('slo.tier-fast', 'Fast'),
    medium: t('slo.tier-medium', 'Medium'),
    slow: t('slo.tier-slow', 'Slow'),
    trickle: t('slo.tier-trickle', 'Trickle'),
  }[tier];
}

export function tierStateWord(state: SloTier['state']): string {
  return {
    calm: t('slo.tier-calm', 'Calm'),
    rising: t('slo.tier-rising', 'Rising: only the short window is over the limit'),
    recovering: t('slo.tier-recovering', 'Recovering: only the long window is over the limit'),
    waits: t('slo.tier-waits', 'Over the limit, of too few events'),
    burning: t('slo.tier-burning', 'Burning'),
  }[state];
}

export function alertWord(alerts: SloTier['alerts']): string {
  return { page: t('slo.alerts-page', 'Page'), ticket: t('slo.alerts-ticket', 'Ticket') }[alerts];
}

/** "5m 16x / 1h 22x, limit 14.4x": one window alone says either too much or too late. */
export function windowsText({ shortWindow, shortRate, longWindow, longRate, limit }: SloTier): string {
  return t('slo.windows', '{{short}} {{shortRate}} / {{long}} {{longRate}}, limit {{limit}}', {
    short: shortWindow,
    shortRate: burnText(shortRate),
    long: longWindow,
    longRate: burnText(longRate),
    limit: burnText(limit),
    interpolation: unescaped,
  });
}
