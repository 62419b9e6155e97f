import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Text, TextArea, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { type KeyboardEvent, useState } from 'react';
import { noteIncident } from '../../api/incidents';
import { Section } from '../../components/Section';
import { TimeOf } from '../../components/TimeOf';
import { canWorkOnIncidents } from '../../grafana/allowed';
import type { Note } from './story';
import type { Commands } from '../../app/use-commands';

export const noteFieldId = 'sentinel-incident-note';
const LONGEST_NOTE = 10_000;

interface Props {
  readonly id: string;
  readonly notes: readonly Note[];
  readonly stale: boolean;
  readonly commands: Commands;
}

/** What people wrote, oldest first, and a field for more. */
export function Notes({ id, notes, stale, commands }: Props) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState('');
  const ready = text.trim() !== '' && !stale && !commands.busy;

  async function save() {
    if (ready && (await commands.run(() => noteIncident(id, text.trim())))) {
      setText('');
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  }

  return (
    <Section title={t('incident.notes', 'Notes')} ofPage>
      {notes.length === 0 && <Text color="secondary">{t('incident.no-notes', 'No notes')}</Text>}
      <ul className={styles.list}>
        {notes.map((note) => (
          <li key={note.sequence}>
            <Text color="secondary" variant="bodySmall">
              {note.actor} <TimeOf timeMs={note.atMs} />
            </Text>
            <div className={styles.text}>{note.text}</div>
          </li>
        ))}
      </ul>
      {canWorkOnIncidents() && (
        <>
          <TextArea
            id={noteFieldId}
            rows={3}
            maxLength={LONGEST_NOTE}
            value={text}
            aria-label={t('incident.write-note', 'Write a note')}
            placeholder={t('incident.write-note', 'Write a note')}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <div>
            <Button variant="secondary" disabled={!ready} onClick={() => void save()}>
              {t('incident.save-note', 'Save')}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  text: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
});
