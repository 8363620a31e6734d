/** What a worker of `piscina` is given to do: the same arithmetic as in the program that it is compared with. */
export default function job(turns: number): number {
  let x = 1;
  for (let i = 0; i < turns; i++) x = (Math.imul(x, 1103515245) + 12345) | 0;
  return x;
}
