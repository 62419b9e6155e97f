import { t } from '@grafana/i18n';
import { Suspense, useState } from 'react';
import type { AppSettings } from '../../app/settings';
import { Section } from '../../components/Section';
import type { Span } from '../../components/timeline/timeline-event';
import { ExploreLinks } from '../../parts/evidence/ExploreLinks';
import { oddestOf } from './oddest-of';
import type { Story } from './story';
import { EvidencePanels } from '../../parts/lazy-panels';
import { PanelsToCome } from '../../parts/evidence/PanelsToCome';

interface Props {
  readonly story: Story;
  /** What the timeline shows. */
  readonly span: Span;
  readonly settings: AppSettings;
}

/** What proves it: the series that say most, and logs and traces of the first one's service, in the shown time. */
export function EvidenceSection(props: Props) {
  // As it was when it was opened: what comes later takes no panel away under the reader's eyes.
  const [{ story, span, settings }] = useState(props);
  const oddest = oddestOf(story);
  const [first] = oddest;
  if (first === undefined) {
    return null;
  }
  const evident = { series: { id: first.seriesId, service: first.service, measure: first.measure } };
  const series = oddest.map(({ seriesId, startMs }) => ({ id: seriesId, startMs }));
  return (
    <Section title={t('anomaly.evidence', 'Evidence')} ofPage>
      <ExploreLinks evident={evident} span={span} settings={settings} />
      <Suspense fallback={<PanelsToCome />}>
        <EvidencePanels series={series} evident={evident} span={span} settings={settings} />
      </Suspense>
    </Section>
  );
}
