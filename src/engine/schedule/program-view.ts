/** How a program's text anchors operations; the same for both engines. */
import type { Anchor } from "../../trace/schedule.ts";
import type { Site } from "../../trace/tables.ts";

/** What of a compiled program is needed. */
export interface ProgramView {
  readonly sites: readonly (Site | null)[];
}

export type Place = Omit<Anchor, "times">;

/** The anchors of a program's operations. Each is made once: the same one is the same object. */
export class Anchors {
  readonly #program: ProgramView;
  /** By operation, then site. */
  readonly #known = new Map<string, (Place | undefined)[]>();

  constructor(program: ProgramView) {
    this.#program = program;
  }

  at(site: number, operation: string): Place {
    let ofOperation = this.#known.get(operation);
    if (ofOperation === undefined) this.#known.set(operation, (ofOperation = []));
    return (ofOperation[site] ??= anchorAt(this.#program, site, operation));
  }
}

function anchorAt(program: ProgramView, site: number, operation: string): Place {
  const row = program.sites[site];
  if (row === null || row === undefined) return { text: "", operation, file: "program", line: 0 };
  const file = row.file.slice(row.file.lastIndexOf("/") + 1);
  return { text: row.text ?? row.name ?? "", operation, file, line: row.line };
}

/** Whether an operation may still stand where the anchor says: by its text, as its line may have moved. */
export function programHas(program: ProgramView, anchor: Anchor): boolean {
  return program.sites.some((_, site) => {
    const here = anchorAt(program, site, anchor.operation);
    return here.text === anchor.text && here.file === anchor.file;
  });
}
