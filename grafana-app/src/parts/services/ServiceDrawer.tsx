import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type Column, Drawer, InteractiveTable, Stack, Text, TextLink } from '@grafana/ui';
import { useMemo } from 'react';
import type { GraphEdge } from '../../api/graph';
import { incidentPath } from '../../app/routes';
import { unescaped } from '../../app/unescaped';
import { OwnPart } from '../../components/OwnPart';
import { Section } from '../../components/Section';
import { TimeOf } from '../../components/TimeOf';
import { cut } from '../../components/timeline/describe-mark';
import { useEscape } from '../../components/use-escape';
import { callColumns } from './call-columns';
import type { ServiceRow } from './service-rows';

interface Props {
  readonly row: ServiceRow;
  readonly onClose: () => void;
}

/** What is wrong with a service, who calls it, whom it calls, and where it runs. */
export function ServiceDrawer({ row, onClose }: Props) {
  useEscape(true, onClose);
  const places = Object.entries(row.resources);
  return (
    <Drawer title={cut(row.service, 60)} subtitle={cut(row.environment, 60)} size="md" onClose={onClose}>
      <OwnPart>
        <Stack direction="column" gap={3}>
          <Section title={t('services.open-incidents', 'Open incidents')}>
            {row.incidents.length === 0 && <Text color="secondary">{t('services.no-incidents', 'None')}</Text>}
            {row.incidents.map(({ id, title }) => (
              <TextLink key={id} href={locationUtil.assureBaseUrl(incidentPath(id))} inline={false}>
                {cut(title)}
              </TextLink>
            ))}
          </Section>
          <Calls
            title={t('services.callers', 'Called by')}
            none={t('services.no-callers', 'No caller was seen.')}
            edges={row.callers}
            other="from"
          />
          <Calls
            title={t('services.callees', 'Calls')}
            none={t('services.no-callees', 'It was seen to call nobody.')}
            edges={row.callees}
            other="to"
          />
          {places.length > 0 && (
            <Section title={t('services.runs-on', 'Runs on')}>
              {places.map(([kind, names]) => (
                <Text key={kind}>
                  {t('services.place', '{{kind}}: {{names}}', {
                    kind,
                    names: cut(names.join(', '), 400),
                    interpolation: unescaped,
                  })}
                </Text>
              ))}
            </Section>
          )}
        </Stack>
      </OwnPart>
    </Drawer>
  );
}

interface CallsProps {
  readonly title: string;
  readonly none: string;
  readonly edges: readonly GraphEdge[];
  readonly other: 'from' | 'to';
}

function Calls({ title, none, edges, other }: CallsProps) {
  const columns = useMemo(() => makeColumns(other), [other]);
  const data = useMemo(() => edges.map((edge) => ({ ...edge })), [edges]);
  return (
    <Section title={title}>
      {edges.length === 0 ? (
        <Text color="secondary">{none}</Text>
      ) : (
        <InteractiveTable<GraphEdge> columns={columns} data={data} getRowId={(edge) => edge[other]} />
      )}
    </Section>
  );
}

function makeColumns(other: CallsProps['other']): Array<Column<GraphEdge>> {
  return [
    {
      id: 'other',
      header: t('services.service', 'Service'),
      cell: ({ row: { original } }) => cut(original[other], 60),
    },
    ...callColumns<GraphEdge>(),
    {
      id: 'confidence',
      header: t('services.confidence', 'Confidence'),
      disableGrow: true,
      cell: ({ row: { original } }) => confidenceWord(original.confidence),
    },
    {
      id: 'last',
      header: t('services.last-call', 'Last call'),
      disableGrow: true,
      cell: ({ row: { original } }) => <TimeOf timeMs={original.lastMs} />,
    },
  ];
}

function confidenceWord(confidence: GraphEdge['confidence']): string {
  return {
    high: t('services.confidence-high', 'High'),
    medium: t('services.confidence-medium', 'Medium'),
    low: t('services.confidence-low', 'Low'),
  }[confidence];
}
