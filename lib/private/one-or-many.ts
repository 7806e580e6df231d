/** The different values, as a policy writes them: one alone, several as a list. */
export function oneOrMany(values: readonly string[]): string | string[] {
  const different = [...new Set(values)];
  return different.length === 1 ? different[0] : different;
}
