import { t } from '@grafana/i18n';
import { Route, Routes } from 'react-router-dom';
import type { AppSettings } from '../../app/settings';
import { PageGuard } from '../../components/PageGuard';
import { morePermissions } from '../../grafana/allowed';
import { SloPage } from '../slo/SloPage';
import { SlosPage } from './SlosPage';

/** The list of the objectives and the page of one, in one chunk: who opens the first mostly opens the other. */
function SloPages({ settings }: { readonly settings: AppSettings }) {
  return (
    <PageGuard settings={settings} permission={morePermissions.readSlos} noun={t('slos.noun', 'SLOs')}>
      <Routes>
        <Route index element={<SlosPage />} />
        <Route path=":id" element={<SloPage />} />
      </Routes>
    </PageGuard>
  );
}

export default SloPages;
