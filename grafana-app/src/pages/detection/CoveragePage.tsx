import { useMemo } from 'react';
import type { LoadState } from '../../app/load-state';
import { useUrlState } from '../../app/use-url-state';
import { widths } from '../../components/widths';
import { coverageForm } from './coverage-address';
import { CoverageFilterBar } from './CoverageFilterBar';
import { CoverageSections } from './CoverageSections';
import { DetectionFrame } from './DetectionFrame';
import { type CoverageData, useCoverage } from './use-coverage';

/** What is watched, what is not, and why: without it nobody knows what an empty incident list is worth. */
export function CoveragePage() {
  const { address, change } = useUrlState(coverageForm);
  const polled = useCoverage(address);
  const services = useMemo(() => servicesOf(polled.state), [polled.state]);
  return (
    <DetectionFrame
      tab="coverage"
      polled={polled}
      above={(width) => (
        <CoverageFilterBar
          address={address}
          services={services}
          narrow={width > 0 && width < widths.narrow}
          onChange={change}
        />
      )}
    >
      {({ data }, width) => <CoverageSections data={data} address={address} width={width} onChange={change} />}
    </DetectionFrame>
  );
}

function servicesOf(state: LoadState<CoverageData>): string[] {
  const entries = state.kind === 'ready' ? state.data.entries : [];
  return [...new Set(entries.map(({ service }) => service).filter((name) => name !== ''))].sort();
}
