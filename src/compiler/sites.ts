/** The table of a program's sites: every instrumented place in the person's text, with what stands there. */
import type ts from "typescript";
import { MAX_SITE } from "../trace/event.ts";
import type { Site } from "../trace/tables.ts";
import { placeIn } from "./place.ts";

/** Source text of a site is cut to this length. */
const TEXT_LENGTH = 80;

export interface Sites {
  readonly rows: readonly (Site | null)[];
  /** The number of a new site; 0, "no place", in a program that has more than a trace can number. */
  add(file: ts.SourceFile, id: string, range: Range, kind: Site["kind"], name?: string): number;
}

/** Offsets in the person's text. */
export interface Range {
  readonly pos: number;
  readonly end: number;
}

export function makeSites(): Sites {
  const rows: (Site | null)[] = [null];
  return {
    rows,
    add(file, id, range, kind, name) {
      if (rows.length > MAX_SITE) return 0;
      const text = file.text.slice(range.pos, range.end).replace(/\s+/g, " ");
      rows.push({
        file: id,
        ...placeIn(file, range),
        kind,
        ...(name === undefined ? {} : { name }),
        text: text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH - 1)}…` : text,
      });
      return rows.length - 1;
    },
  };
}
