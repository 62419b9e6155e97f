import { Type } from 'typebox';
import { Duration, Integer, Text } from '../types.ts';

/** Annotations in Grafana. */
export const grafanaSettings = Type.Object(
  {
    url: Text('', 'Root of Grafana with its sub-path, such as http://grafana:3000; empty draws nothing.'),
    token: Text(
      '',
      'Token of a service account; write ${env:NAME} or ${file:PATH}. Role Editor, or see dashboard_uid.',
    ),
    dashboard_uid: Text(
      '',
      'Draws on this dashboard instead of the organisation; an account with role None and Edit on its folder is enough.',
    ),
    app_path: Text(
      '',
      'Path of the Sentinel app in a browser; empty: /a/sentinel-observability-app below the path of url.',
    ),
    border: Type.Enum(['notice', 'page'], {
      default: 'notice',
      description: 'Least border that is drawn: `page` leaves out minor incidents.',
    }),
    changes: Type.Boolean({ default: true, description: 'Draw deploys and other changes too.' }),
    budgets: Type.Boolean({
      default: true,
      description: 'Draw when error budgets begin to burn, burn worse, or stop.',
    }),
    max_new: Integer(
      20,
      'New annotations in each window, for incidents, changes and budgets apart; a quarter is kept for those above minor. The rest is one summary.',
      1,
    ),
    new_window: Duration('10m', 'The window of max_new.', { least: '1s' }),
    edit_interval: Duration('30s', 'Least time between two edits of one annotation.', { least: '1s' }),
    max_backlog: Integer(500, 'Annotations that wait while Grafana is away; older ones become one summary.', 1),
    max_tracked: Integer(10_000, 'Open incidents that are followed, and news that may wait for the store.', 1),
    timeout: Duration('10s', 'Longest time for one request.', { least: '100ms' }),
    retry_initial: Duration(
      '5s',
      'First pause after a failure, and before an unanswered request of an earlier run is repeated.',
      { least: '100ms' },
    ),
    retry_max: Duration('1m', 'Pauses grow up to this.', { least: '100ms' }),
    retry_refused: Duration('5m', 'Pause after a refusal (401, 403, or answers that are not from Grafana).', {
      least: '1s',
    }),
    reconcile_interval: Duration('10m', 'How often open annotations are compared with the incidents.', { least: '1s' }),
  },
  { additionalProperties: false, default: {}, description: 'Annotations in Grafana.' },
);
