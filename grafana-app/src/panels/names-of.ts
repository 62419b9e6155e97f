/** "a,b" → both; the "All" of a variable without values of its own means no filter. */
export function namesOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.includes('.*') || names.includes('$__all') ? [] : names.filter((name) => name !== '');
}
