/**
 * What the program printed, in a console that only grows. A line is shown when the run first comes past it; going back
 * takes none away, and coming past it again adds none. Where a run takes another way and prints something else, a rule
 * says so, and its lines follow.
 */
import type { OutputLine } from "../trace/tables.ts";

export type Shown =
  { readonly kind: "line"; readonly line: OutputLine } | { readonly kind: "rule" };

export class ConsoleMirror {
  /** What the console holds of the way that was printed last. */
  #shown: readonly OutputLine[] = [];

  /** What is to be added, now that so much has been printed on the way to where the run stands. Linear in it. */
  update(printed: readonly OutputLine[]): Shown[] {
    const both = Math.min(printed.length, this.#shown.length);
    let same = 0;
    while (same < both && isSame(printed[same], this.#shown[same])) same++;
    if (same === printed.length) return [];
    const isOtherWay = same < this.#shown.length;
    this.#shown = printed;
    return [
      ...(isOtherWay ? [{ kind: "rule" } as const] : []),
      ...printed.slice(same).map((line) => ({ kind: "line", line }) as const),
    ];
  }

  /** The run begins anew in the same console. */
  clear(): void {
    this.#shown = [];
  }
}

function isSame(one: OutputLine, other: OutputLine): boolean {
  return one.thread === other.thread && one.text === other.text && one.site === other.site;
}
