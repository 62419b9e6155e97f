import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { within } from './time-scale';
import type { Span } from './timeline-event';

type ChangeZoom = (part: { readonly zoom: Span | undefined; readonly page: number }) => void;

/** A zoom counts as chosen, and stands in the address, when it rested so long. */
const REST_MS = 300;

/**
 * The visible part of the whole. It moves at once, and reaches the address when it comes to rest, so that turning the wheel
 * makes one entry in the browser's history and not forty. Back and forward move it too.
 */
export function useZoom(whole: Span, chosen: Span | undefined, onChange: ChangeZoom) {
  const [moving, setMoving] = useState<{ readonly span: Span | undefined }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const text = chosen === undefined ? '' : `${chosen.fromMs}-${chosen.toMs}`;
  const [seen, setSeen] = useState(text);
  if (seen !== text) {
    setSeen(text);
    setMoving(undefined);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const zoom = useCallback(
    (span: Span | undefined) => {
      const cut = span === undefined ? undefined : within(span, whole);
      setMoving({ span: cut });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => onChange({ zoom: cut, page: 1 }), REST_MS);
    },
    [whole, onChange],
  );
  const part = moving === undefined ? chosen : moving.span;
  const range = useMemo(() => part ?? whole, [part, whole]);
  return [range, zoom] as const;
}
