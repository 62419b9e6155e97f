import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';
import { css } from '@emotion/css';
import type { Slo } from '../../api/slos';
import { unescaped } from '../../app/unescaped';
import { Section } from '../../components/Section';
import { promiseText } from '../../components/slo/slo-words';
import { cut } from '../../components/timeline/describe-mark';

/** What was promised to whom, and where it is written. */
export function SloFacts({ slo }: { readonly slo: Slo }) {
  const { service, description, labels, source, fromMs, toMs } = slo;
  const labelText = Object.entries({ ...labels, ...slo.group }).map(([name, value]) => `${name}=${value}`);
  const facts = [
    [t('slo.fact-service', 'Service'), cut(service)],
    [t('slos.objective', 'Objective'), promiseText(slo)],
    [
      t('slo.fact-counts', 'Counts'),
      t('slo.fact-span', '{{from}} to {{to}}', {
        from: dateTimeFormat(fromMs),
        to: dateTimeFormat(toMs),
        interpolation: unescaped,
      }),
    ],
    [t('slo.counted-by', 'Counted from'), countedWord(slo.countedBy)],
    [t('slo.group', 'Labels'), cut(labelText.join(', '), 400)],
    [t('slo.fact-source', 'Written in'), cut(source, 400)],
  ] as const;
  return (
    <Section title={t('slo.promise', 'The promise')} ofPage>
      {description !== '' && <Text element="p">{cut(description, 400)}</Text>}
      <dl className={list}>
        {facts
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name} className={entry}>
              <dt>
                <Text color="secondary">{name}</Text>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}

function countedWord(countedBy: Slo['countedBy']): string {
  return {
    requests: t('slo.counted-requests', 'Requests that Sentinel sees'),
    query: t('slo.counted-query', 'A query to the metrics store'),
  }[countedBy];
}

const list = css({ margin: 0 });
const entry = css({
  display: 'grid',
  gridTemplateColumns: 'minmax(90px, 140px) 1fr',
  overflowWrap: 'anywhere',
  dd: { margin: 0 },
  dt: { fontWeight: 'inherit' },
});
