/** The table of places where twins may stop, of a whole program: what a debugger's stack says of a frame. */
import type { Point } from "../../protocol/program.ts";

export interface Points {
  readonly rows: readonly (Point | null)[];
  /** The number of a new place. */
  add(file: string, line: number, column: number, name: string): number;
}

export function makePoints(): Points {
  const rows: (Point | null)[] = [null]; // 0: code of ours
  return {
    rows,
    add: (file, line, column, name) =>
      rows.push({ file, line, column, ...(name === "" ? {} : { function: name }) }) - 1,
  };
}
