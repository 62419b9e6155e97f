import { t } from '@grafana/i18n';
import { Badge, Text } from '@grafana/ui';
import type { ApiError } from '../../api/api-error';
import type { LoadState } from '../../app/load-state';
import { unescaped } from '../../app/unescaped';
import { clock } from '../../grafana/format-time';

/** In one line why there is nothing to draw, or how old it is. Nothing while all is well. */
export function StateLine({ state }: { readonly state: LoadState<{ readonly events: readonly unknown[] }> }) {
  switch (state.kind) {
    case 'loading':
      return <Text color="secondary">{t('incidents.loading', 'Loading incidents')}</Text>;
    case 'failed':
      return <Badge color="red" icon="exclamation-circle" text={failureOf(state.error)} />;
    case 'ready':
      if (state.stale) {
        const text = t('state.data-from', 'Data from {{time}}', { time: clock(state.atMs), interpolation: unescaped });
        return <Badge color="orange" icon="clock-nine" text={text} />;
      }
      return state.data.events.length > 0 ? null : (
        <Text color="secondary">{t('panel.timeline.none', 'No incidents in this range')}</Text>
      );
  }
}

function failureOf({ kind }: ApiError): string {
  switch (kind) {
    case 'forbidden':
      return t('panel.forbidden', 'You cannot view incidents');
    case 'not_found':
      return t('panel.disabled', 'The Sentinel app is not enabled');
    case 'token_refused':
      return t('panel.token', 'The sidecar refused the token');
    case 'unreachable':
      return t('state.unreachable-title', 'The sidecar cannot be reached');
    case 'refused':
    case 'failed':
      return t('incidents.failed', 'Incidents could not be loaded');
  }
}
