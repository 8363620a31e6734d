/** Events at the lines where the editor's cursor is. O(events), when the cursor or the picture changes. */
import type { Marks } from "./marks.ts";
import type { Picture } from "./picture.ts";
import type { Lines } from "./state.ts";

export interface Lit {
  readonly marks: ReadonlyMap<Marks, Marks>;
  readonly count: number;
}

export function litBy(picture: Picture, lines: Lines): Lit {
  const sites = new Uint8Array(picture.timeline.trace.sites.length);
  let any = false;
  picture.timeline.trace.sites.forEach((site, index) => {
    if (!site || !sameFile(site.file, lines.file)) return;
    if (site.line > lines.endLine || site.endLine < lines.line) return;
    sites[index] = 1;
    any = true;
  });
  const marks = new Map<Marks, Marks>();
  if (!any) return { marks, count: 0 };
  let count = 0;
  for (const lane of picture.threads) {
    const found = chosen(lane.marks, sites);
    if (found.count === 0) continue;
    count += found.count;
    marks.set(lane.marks, found);
  }
  for (const lane of [...picture.sources, ...picture.cells]) {
    const found = chosen(lane.marks, sites);
    if (found.count > 0) marks.set(lane.marks, found);
  }
  return { marks, count };
}

function chosen({ events, rows, count }: Marks, sites: Uint8Array): Marks {
  const { site } = events;
  const found = rows.subarray(0, count).filter((row) => sites[site[row]] === 1);
  return { events, rows: found, count: found.length };
}

/** The editor may know a file by a longer path than the trace does, or the other way round. */
export function sameFile(a: string, b: string): boolean {
  if (a === b) return true;
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return long.endsWith(`/${short.replaceAll("\\", "/")}`);
}
