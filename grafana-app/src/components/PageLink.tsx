import { locationUtil } from '@grafana/data';
import { TextLink } from '@grafana/ui';
import type { MouseEvent } from 'react';
import { useNavigate } from 'react-router-dom';

interface Props {
  /** Of a page of the app. */
  readonly path: string;
  readonly children: string;
}

/** A title that leads to a page of the app, without loading Grafana anew. */
export function PageLink({ path, children }: Props) {
  const navigate = useNavigate();

  function onClick(event: MouseEvent) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      void navigate(path);
    }
  }

  return (
    <TextLink href={locationUtil.assureBaseUrl(path)} inline={false} color="primary" onClick={onClick}>
      {children}
    </TextLink>
  );
}
