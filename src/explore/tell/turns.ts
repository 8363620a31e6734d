/** Stretches of one thread, in a list of what threads did one after another. */
export function turnsOf<T>(steps: readonly T[], threadOf: (step: T) => number): T[][] {
  const turns: T[][] = [];
  for (const step of steps) {
    const last = turns.at(-1);
    if (last !== undefined && threadOf(last[0]) === threadOf(step)) last.push(step);
    else turns.push([step]);
  }
  return turns;
}
