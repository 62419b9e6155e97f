import { Text } from '@grafana/ui';
import { oneOf } from '../../app/one-of';
import { SloBadge } from '../../components/slo/SloBadge';
import { knownStatuses } from '../../components/slo/known-statuses';
import { cut } from '../../components/timeline/describe-mark';

/** A word of Sentinel's as a badge, any other as it stands. */
export function SloStatus({ status }: { readonly status: string }) {
  const known = oneOf(status, knownStatuses);
  return known === undefined ? <Text color="secondary">{cut(status, 60)}</Text> : <SloBadge status={known} />;
}
