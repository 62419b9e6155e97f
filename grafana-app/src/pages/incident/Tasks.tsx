import { t } from '@grafana/i18n';
import { Button, Checkbox, Input, Stack, Text } from '@grafana/ui';
import { type SyntheticEvent, useState } from 'react';
import { addTask, changeTask, type Task } from '../../api/incidents';
import { unescaped } from '../../app/unescaped';
import type { Commands } from '../../app/use-commands';
import { Section } from '../../components/Section';
import { formatCount } from '../../grafana/format-value';
import { canWorkOnIncidents } from '../../grafana/allowed';

const LONGEST_TASK = 1000;

interface Props {
  readonly id: string;
  readonly tasks: readonly Task[];
  readonly stale: boolean;
  readonly commands: Commands;
}

/** What is to be done, in the order in which it was said, and a field for more. */
export function Tasks({ id, tasks, stale, commands }: Props) {
  const mayWork = canWorkOnIncidents();
  const fixed = stale || commands.busy || !mayWork;
  return (
    <Section title={titleOf(tasks)} ofPage>
      {tasks.length === 0 && <Text color="secondary">{t('incident.no-tasks', 'No tasks')}</Text>}
      <Stack direction="column" gap={0.5}>
        {tasks.map((task) => (
          <Checkbox
            key={task.id}
            label={task.text}
            value={task.done}
            disabled={fixed}
            onChange={() => void commands.run(() => changeTask(id, { ...task, done: !task.done }))}
          />
        ))}
      </Stack>
      {mayWork && <NewTask id={id} stale={stale} commands={commands} />}
    </Section>
  );
}

function NewTask({ id, stale, commands }: Omit<Props, 'tasks'>) {
  const [text, setText] = useState('');
  const ready = text.trim() !== '' && !stale && !commands.busy;

  async function add(event: SyntheticEvent) {
    event.preventDefault();
    if (ready && (await commands.run(() => addTask(id, text.trim())))) {
      setText('');
    }
  }

  return (
    <form onSubmit={(event) => void add(event)}>
      <Stack gap={1}>
        <Input
          value={text}
          maxLength={LONGEST_TASK}
          aria-label={t('incident.new-task', 'New task')}
          placeholder={t('incident.new-task', 'New task')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" variant="secondary" disabled={!ready}>
          {t('incident.add-task', 'Add')}
        </Button>
      </Stack>
    </form>
  );
}

/** "Tasks", or how many are done. */
function titleOf(tasks: readonly Task[]): string {
  return tasks.length === 0
    ? t('incident.tasks', 'Tasks')
    : t('incident.tasks-done', 'Tasks ({{done}} of {{all}} done)', {
        done: formatCount(tasks.filter(({ done }) => done).length),
        all: formatCount(tasks.length),
        interpolation: unescaped,
      });
}
