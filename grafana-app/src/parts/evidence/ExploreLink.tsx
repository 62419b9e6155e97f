import { t } from '@grafana/i18n';
import { useReturnToPrevious } from '@grafana/runtime';
import { LinkButton } from '@grafana/ui';

interface Props {
  /** Undefined where there is nothing to look at. */
  readonly href: string | undefined;
  readonly children: string;
}

/** Leads to Explore, which offers the way back. */
export function ExploreLink({ href, children }: Props) {
  const returnToPrevious = useReturnToPrevious();
  return href === undefined ? null : (
    <LinkButton
      size="sm"
      variant="secondary"
      icon="compass"
      href={href}
      tooltip={t('anomaly.open-in-explore', 'Open in Explore')}
      onClick={() => returnToPrevious(document.title)}
    >
      {children}
    </LinkButton>
  );
}
