/** Widths of the page's container, px: below `narrow` rows are cards and filters fold, from `medium` on all columns fit. */
export const widths = { narrow: 545, medium: 992 } as const;
