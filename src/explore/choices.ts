/** What a step may choose among. */

/** From so many choices on only some are tried: a random number is not worth a thousand executions. */
export const MOST_CHOICES = 64;

/** The cases of a select that are ready; absent where the choice is another one. */
export function casesAmong(
  n: number,
  caseOf: ((option: number) => number) | undefined,
): readonly number[] | undefined {
  if (caseOf === undefined) return undefined;
  const cases = Array.from({ length: n }, (_, option) => caseOf(option));
  return new Set(cases).size === n ? cases : undefined;
}

export function optionsAmong(n: number, otherwise: number): readonly number[] {
  if (n > MOST_CHOICES) return [...new Set([otherwise, 0, n - 1])];
  return Array.from({ length: n }, (_, index) => index);
}
