import type { AppRootProps } from '@grafana/data';
import { ErrorBoundaryAlert } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { currentSettings } from './current-settings';
import { incidentsPath } from './routes';
import type { AppSettings } from './settings';
import { translationsReady } from './translations';

await translationsReady;

const IncidentsPage = lazy(() => import('../pages/incidents/IncidentsPage'));
const CoveragePage = lazy(() => import('../pages/detection/CoveragePage'));

/** The app's own path is only a door: it leads to the incidents and keeps what the address asks for. */
function ToIncidents() {
  const { search } = useLocation();
  return <Navigate to={{ pathname: incidentsPath, search }} replace />;
}

function App({ meta }: AppRootProps<AppSettings>) {
  const { pathname } = useLocation();
  return (
    <ErrorBoundaryAlert dependencies={[pathname]}>
      <Suspense fallback={null}>
        <Routes>
          <Route path="incidents" element={<IncidentsPage settings={currentSettings(meta.jsonData)} />} />
          <Route path="detection" element={<CoveragePage settings={currentSettings(meta.jsonData)} />} />
          <Route path="*" element={<ToIncidents />} />
        </Routes>
      </Suspense>
    </ErrorBoundaryAlert>
  );
}

// Grafana's lazy pages are the one place for default exports.
export default App;
