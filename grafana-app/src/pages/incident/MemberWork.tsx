import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import type { ReactNode } from 'react';
import { type MemberAnomaly, splitIncident } from '../../api/incidents';
import type { Commands } from '../../app/use-commands';
import { unescaped } from '../../app/unescaped';
import { Selectable, useSelection } from '../../components/list/selection';
import { formatCount } from '../../grafana/format-value';

interface Props {
  readonly id: string;
  /** Those in the shown range. */
  readonly members: readonly MemberAnomaly[];
  /** Anomalies of the incident. */
  readonly all: number;
  readonly stale: boolean;
  readonly commands: Commands;
  /** A table whose rows can be ticked. */
  readonly children: ReactNode;
}

/** What belongs elsewhere can be ticked and taken out. Not all of it: something must stay. */
export function MemberWork({ id, members, all, stale, commands, children }: Props) {
  const selection = useSelection();
  const ticked = members.map((member) => member.id).filter((member) => selection.chosen.has(member));

  async function split() {
    if (await commands.run(() => splitIncident(id, ticked))) {
      selection.clear();
    }
  }

  return (
    <Selectable selection={selection}>
      {ticked.length > 0 && (
        <div>
          <Button
            variant="secondary"
            disabled={stale || commands.busy || ticked.length >= all}
            tooltip={ticked.length >= all ? t('incident.split-all', 'One anomaly at least must stay.') : ''}
            onClick={() => void split()}
          >
            {splitText(ticked.length)}
          </Button>
        </div>
      )}
      {children}
    </Selectable>
  );
}

function splitText(count: number): string {
  return t('incident.split', '', {
    count,
    formatted: formatCount(count),
    interpolation: unescaped,
    defaultValue_one: 'Split {{formatted}} anomaly into a new incident',
    defaultValue_other: 'Split {{formatted}} anomalies into a new incident',
  });
}
