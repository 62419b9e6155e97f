import { locationUtil } from '@grafana/data';
import { TextLink } from '@grafana/ui';
import { cut } from '../../components/timeline/describe-mark';
import type { PanelSlo } from './panel-slo';

/** The objective's name, and where it leads. */
export function SloName({ slo: { name, link } }: { readonly slo: PanelSlo }) {
  if (link === undefined) {
    return <span title={name}>{cut(name, 80)}</span>;
  }
  const { href, target = '_self' } = link;
  const isInside = /^\/(?![/\\])/.test(href);
  return (
    <TextLink
      href={isInside ? locationUtil.assureBaseUrl(href) : href}
      external={target === '_blank'}
      inline={false}
      color="primary"
      {...(link.onClick === undefined ? {} : { onClick: (event) => link.onClick?.(event, link.origin) })}
    >
      {cut(name, 80)}
    </TextLink>
  );
}
