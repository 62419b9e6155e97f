/** Columns of numbers of a plain CSV file with a header; empty fields are NaN. */
export function columnsOf(text: string): ReadonlyMap<string, readonly number[]> {
  const [header = [], ...rows] = rowsOfCsv(text);
  return new Map(header.map((name, column) => [name, rows.map((row) => numberOf(row[column]))]));
}

export function rowsOfCsv(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(','));
}

export function numberOf(text: string | undefined): number {
  return text === undefined || text === '' ? NaN : Number(text);
}
