/** Widths of the page's container, px: below `narrow` rows are cards and filters fold, from `medium` on all columns fit. */
export const widths = { narrow: 545, medium: 992 } as const;

/** What a list of rows has room for. Before the width is known it is taken for a table. */
export function roomIn(width: number): 'cards' | 'table' | 'wide' {
  return width > 0 && width < widths.narrow ? 'cards' : width >= widths.medium ? 'wide' : 'table';
}
