import { TextLink } from '@grafana/ui';
import { locationUtil } from '@grafana/data';
import { tuningPath } from '../../app/routes';
import { cut } from '../../components/timeline/describe-mark';
import type { Span } from '../../components/timeline/timeline-event';

const AROUND_MS = 10 * 60_000;

interface Props {
  readonly id: string;
  readonly title: string;
  /** What is odd about it. */
  readonly span: Span;
}

/** Leads to the series as it was around that time. */
export function SeriesLink({ id, title, span }: Props) {
  const search = new URLSearchParams({
    series: id,
    from: String(Math.round(span.fromMs - AROUND_MS)),
    to: String(Math.round(span.toMs + AROUND_MS)),
  });
  return (
    <TextLink href={locationUtil.assureBaseUrl(`${tuningPath}?${search.toString()}`)} inline={false}>
      {cut(title)}
    </TextLink>
  );
}
