import type { AppRootProps } from '@grafana/data';
import { ErrorBoundaryAlert } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { currentSettings } from './current-settings';
import { anomaliesPath, incidentsPath } from './routes';
import type { AppSettings } from './settings';
import { translationsReady } from './translations';

await translationsReady;

const AnomaliesPage = lazy(() => import('../pages/anomalies/AnomaliesPage'));
const IncidentPage = lazy(() => import('../pages/incident/IncidentPage'));
const IncidentsPage = lazy(() => import('../pages/incidents/IncidentsPage'));
const ServicesPage = lazy(() => import('../pages/services/ServicesPage'));
const SloPages = lazy(() => import('../pages/slos/SloPages'));
const DetectionPage = lazy(() => import('../pages/detection/DetectionPage'));

/** The app's own path is only a door: it leads to the incidents and keeps what the address asks for. */
function ToIncidents() {
  const { search } = useLocation();
  return <Navigate to={{ pathname: incidentsPath, search }} replace />;
}

/** Addresses that were written when anomalies stood on this page still lead to theirs. */
function Incidents({ settings }: { readonly settings: AppSettings }) {
  const { search } = useLocation();
  return new URLSearchParams(search).has('sel') ? (
    <Navigate to={{ pathname: anomaliesPath, search }} replace />
  ) : (
    <IncidentsPage settings={settings} />
  );
}

function App({ meta }: AppRootProps<AppSettings>) {
  const { pathname } = useLocation();
  const settings = currentSettings(meta.jsonData);
  return (
    <ErrorBoundaryAlert dependencies={[pathname]}>
      <Suspense fallback={null}>
        <Routes>
          <Route path="incidents" element={<Incidents settings={settings} />} />
          <Route path="incidents/:id" element={<IncidentPage settings={settings} />} />
          <Route path="anomalies" element={<AnomaliesPage settings={settings} />} />
          <Route path="services" element={<ServicesPage settings={settings} />} />
          <Route path="slos/*" element={<SloPages settings={settings} />} />
          <Route path="detection/*" element={<DetectionPage settings={settings} />} />
          <Route path="*" element={<ToIncidents />} />
        </Routes>
      </Suspense>
    </ErrorBoundaryAlert>
  );
}

// Grafana's lazy pages are the one place for default exports.
export default App;
