/** A write to what a lock protects, outside a live guard of it (SEMANTICS, Values): seen when the thread takes the lock again. */
import type { SiteId, ThreadId } from "../base/brand.ts";
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import type { Finding, Place } from "../trace/finding.ts";
import { placeOfSite, siteAsPlace } from "./program/names.ts";

export interface SeenStale {
  readonly thread: ThreadId;
  readonly name: string;
  readonly lock: string;
  /** From the protected value on: `.rows[2]`. */
  readonly path: string;
  /** Where the value was given back, and where the lock was taken again: the write stands between. */
  readonly from: SiteId;
  readonly to: SiteId;
}

export function staleWriteFinding(program: CompiledProgram, seen: SeenStale): Finding {
  const { thread, name, lock, path, from, to } = seen;
  const placeOf = (site: SiteId): string => placeOfSite(program, site) || "an unknown place";
  const sites = [from, to]
    .map((site) => siteAsPlace(program, site))
    .filter((place): place is Place => place !== undefined);
  return {
    kind: "race",
    severity: "error",
    sites,
    threads: [thread],
    ...tell(EXPLORE_MESSAGES.staleWrite, {
      ...{ thread: name, lock: `\`${lock}\``, path: `\`value${path}\`` },
      ...{ from: placeOf(from), to: placeOf(to) },
    }),
  };
}
