import { t } from '@grafana/i18n';
import { Route, Routes } from 'react-router-dom';
import type { AppSettings } from '../../app/settings';
import { PageGuard } from '../../components/PageGuard';
import { permissions } from '../../grafana/permissions';
import { CoveragePage } from './CoveragePage';
import { DrillsPage } from './DrillsPage';
import { ShadowPage } from './ShadowPage';
import { TuningPage } from './TuningPage';

/** What is watched and how well, in four tabs of one page. */
function DetectionPage({ settings }: { readonly settings: AppSettings }) {
  return (
    <PageGuard settings={settings} permission={permissions.readDetection} noun={t('coverage.noun', 'detection')}>
      <Routes>
        <Route path="tuning" element={<TuningPage settings={settings} />} />
        <Route path="shadow" element={<ShadowPage />} />
        <Route path="drills" element={<DrillsPage />} />
        <Route path="*" element={<CoveragePage />} />
      </Routes>
    </PageGuard>
  );
}

export default DetectionPage;
