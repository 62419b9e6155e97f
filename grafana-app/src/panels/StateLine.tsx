import { t } from '@grafana/i18n';
import { Badge, Text } from '@grafana/ui';
import type { ApiError } from '../api/api-error';
import type { LoadState } from '../app/load-state';
import { unescaped } from '../app/unescaped';
import { clock } from '../grafana/format-time';

interface Props {
  readonly state: LoadState<unknown>;
  readonly isEmpty: boolean;
  readonly words: StateWords;
}

/** How a panel speaks of what it shows. */
export interface StateWords {
  readonly loading: string;
  readonly forbidden: string;
  readonly failed: string;
  readonly none: string;
}

/** In one line why there is nothing to draw, or how old it is. Nothing while all is well. */
export function StateLine({ state, isEmpty, words }: Props) {
  switch (state.kind) {
    case 'loading':
      return <Text color="secondary">{words.loading}</Text>;
    case 'failed':
      return <Badge color="red" icon="exclamation-circle" text={failureOf(state.error, words)} />;
    case 'ready':
      if (state.stale) {
        const text = t('state.data-from', 'Data from {{time}}', { time: clock(state.atMs), interpolation: unescaped });
        return <Badge color="orange" icon="clock-nine" text={text} />;
      }
      return isEmpty ? <Text color="secondary">{words.none}</Text> : null;
  }
}

function failureOf({ kind }: ApiError, words: StateWords): string {
  switch (kind) {
    case 'forbidden':
      return words.forbidden;
    case 'not_found':
      return t('panel.disabled', 'The Sentinel app is not enabled');
    case 'token_refused':
      return t('panel.token', 'The sidecar refused the token');
    case 'unreachable':
      return t('state.unreachable-title', 'The sidecar cannot be reached');
    case 'refused':
    case 'failed':
      return words.failed;
  }
}
