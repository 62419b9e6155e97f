import { TextLink } from '@grafana/ui';
import type { MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { cut } from '../../components/timeline/describe-mark';

interface Props {
  readonly id: string;
  readonly sentence: string;
}

/** Opens the details of an anomaly; the address keeps filters and zoom, and can be opened in a tab of its own. */
export function AnomalyLink({ id, sentence }: Props) {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const parameters = new URLSearchParams(search);
  parameters.set('sel', id);
  const href = `${pathname}?${parameters.toString()}`;

  function onClick(event: MouseEvent) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      void navigate(href);
    }
  }

  return (
    <TextLink href={href} inline={false} color="primary" onClick={onClick}>
      {cut(sentence)}
    </TextLink>
  );
}
