import { useEffect, useRef } from 'react';

/**
 * Calls `leave` on Esc, wherever the focus is. It listens before others do: a tooltip on the focused button would keep the
 * first Esc for itself.
 */
export function useEscape(active: boolean, leave: () => void): void {
  const handler = useRef(leave);
  useEffect(() => {
    handler.current = leave;
  });
  useEffect(() => {
    if (!active) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && handler.current();
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [active]);
}
