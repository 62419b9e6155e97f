const PAGE_ROWS = 50;

/** The rows of one page; a page beyond the last is the last. */
export function pageOf<Row>(rows: readonly Row[], wanted: number) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(wanted, pages);
  return { page, pages, shown: rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS) };
}
