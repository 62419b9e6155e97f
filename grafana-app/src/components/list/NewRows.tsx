import { t } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { VisuallyHidden } from '../VisuallyHidden';

const ANNOUNCED_EVERY_MS = 30_000;

interface Props {
  /** As in "2 new incidents"; empty while none wait. */
  readonly text: string;
  readonly onShow: () => void;
}

/** Says above the list that there is more; its place is kept, so that nothing moves when it appears. */
export function NewRows({ text, onShow }: Props) {
  const announced = useAnnounced(text);
  return (
    <div style={{ minHeight: 24 }}>
      {text !== '' && (
        <Stack gap={1} alignItems="center">
          <span>{text}</span>
          <Button size="sm" variant="secondary" onClick={onShow}>
            {t('list.show-new', 'Show')}
          </Button>
        </Stack>
      )}
      <VisuallyHidden live>{announced}</VisuallyHidden>
    </div>
  );
}

/** The text as it is spoken: at once when it was quiet for 30 s, otherwise when that time is over. */
function useAnnounced(text: string): string {
  const [spoken, setSpoken] = useState({ text: '', atMs: -Infinity });
  useEffect(() => {
    if (text === spoken.text) {
      return;
    }
    const wait = Math.max(0, spoken.atMs + ANNOUNCED_EVERY_MS - Date.now());
    const timer = setTimeout(() => setSpoken({ text, atMs: Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [text, spoken]);
  return spoken.text;
}
