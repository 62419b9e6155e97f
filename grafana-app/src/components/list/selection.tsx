import { Checkbox, type Column } from '@grafana/ui';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

/** Rows that somebody ticked. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
}

const nothing: Selection = { chosen: new Set(), toggle: () => undefined, clear: () => undefined };
const Chosen = createContext(nothing);

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(nothing.chosen);
  const toggle = useCallback(
    (id: string) => setChosen((before) => without(before, id) ?? new Set([...before, id])),
    [],
  );
  const clear = useCallback(() => setChosen(nothing.chosen), []);
  return useMemo(() => ({ chosen, toggle, clear }), [chosen, toggle, clear]);
}

interface Props {
  readonly selection: Selection;
  readonly children: ReactNode;
}

/** The rows below can be ticked. Not by the columns: a table whose columns change forgets its order. */
export function Selectable({ selection, children }: Props) {
  return <Chosen.Provider value={selection}>{children}</Chosen.Provider>;
}

/** Its place is before all others; `labelOf` says aloud what is chosen, or undefined where nothing can be. */
export function tickColumn<Row extends { readonly id: string }>(
  labelOf: (row: Row) => string | undefined,
): Column<Row> {
  return {
    id: 'tick',
    header: '',
    disableGrow: true,
    cell: ({ row: { original } }) => <Tick id={original.id} label={labelOf(original)} />,
  };
}

function Tick({ id, label }: { readonly id: string; readonly label: string | undefined }) {
  const { chosen, toggle } = useContext(Chosen);
  return label === undefined ? null : (
    <Checkbox aria-label={label} value={chosen.has(id)} onChange={() => toggle(id)} />
  );
}

/** Undefined: it was not there. */
function without(all: ReadonlySet<string>, id: string): ReadonlySet<string> | undefined {
  return all.has(id) ? new Set([...all].filter((one) => one !== id)) : undefined;
}
