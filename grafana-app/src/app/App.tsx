import type { AppRootProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { incidentsPath } from './routes';
import type { AppSettings } from './settings';

const IncidentsPage = lazy(() => import('../pages/incidents/IncidentsPage'));

/** The app's own path is only a door: it leads to the incidents and keeps what the address asks for. */
function ToIncidents() {
  const { search } = useLocation();
  return <Navigate to={{ pathname: incidentsPath, search }} replace />;
}

function App({ meta }: AppRootProps<AppSettings>) {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path="incidents" element={<IncidentsPage configured={Boolean(meta.jsonData?.apiUrl)} />} />
        <Route path="*" element={<ToIncidents />} />
      </Routes>
    </Suspense>
  );
}

// Grafana's lazy pages are the one place for default exports.
export default App;
