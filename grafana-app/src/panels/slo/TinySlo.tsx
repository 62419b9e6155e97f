import { t } from '@grafana/i18n';
import { Icon, Stack, Text } from '@grafana/ui';
import { oneOf } from '../../app/one-of';
import { unescaped } from '../../app/unescaped';
import { knownStatuses } from '../../components/slo/known-statuses';
import { statusLooks, statusWord } from '../../components/slo/slo-words';
import { formatCount } from '../../grafana/format-value';
import { burnOf, leftOf } from './figure-text';
import type { SloOptions } from './options';
import type { PanelSlo } from './panel-slo';

interface Props {
  readonly slos: readonly PanelSlo[];
  readonly show: SloOptions['show'];
  readonly width: number;
}

/** "12% left" of the worst, and of how many it is the worst. */
export function TinySlo({ slos, show, width }: Props) {
  const [worst] = slos;
  if (worst === undefined) {
    return null;
  }
  const status = oneOf(worst.status, knownStatuses);
  const figure =
    show === 'burn' || worst.left === undefined
      ? burnOf(worst)
      : t('panel.slo.tiny-left', '{{left}} left', { left: leftOf(worst), interpolation: unescaped });
  return (
    <Stack direction="column" gap={0}>
      <Stack gap={0.5} alignItems="center">
        {status !== undefined && <Icon name={statusLooks[status].icon} title={statusWord(status)} />}
        <Text variant={width < 120 ? 'body' : 'h4'} element="span">
          {figure}
        </Text>
      </Stack>
      {slos.length > 1 && (
        <Text color="secondary" variant="bodySmall">
          {t('panel.slo.tiny-worst', 'worst of {{slos}}', {
            slos: formatCount(slos.length),
            interpolation: unescaped,
          })}
        </Text>
      )}
    </Stack>
  );
}
