import { TextLink } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import { cut } from '../../components/timeline/describe-mark';
import type { Row } from './held-rows';

/** Opens the details of an anomaly; the address keeps filters and zoom. */
export function AnomalyLink({ anomaly }: { readonly anomaly: Row }) {
  const { pathname, search } = useLocation();
  const parameters = new URLSearchParams(search);
  parameters.set('sel', anomaly.id);
  return (
    <TextLink href={`${pathname}?${parameters.toString()}`} inline={false} color="primary">
      {cut(anomaly.sentence)}
    </TextLink>
  );
}
