/** Everything that a stepper shows of a run where it stands, but for values and the tree. */
import type { ThreadId } from "../../base/brand.ts";
import type { StepState, StepThread } from "../../protocol/step.ts";
import type { Candidate } from "../scheduler.ts";
import type { Ledger } from "./look/ledger.ts";
import { ObjectView } from "./look/objects.ts";
import type { RunLook } from "./look/view.ts";
import type { Paths } from "./paths.ts";
import type { Moment } from "./tree.ts";

export interface PictureParts {
  readonly look: RunLook;
  readonly ledger: Ledger;
  readonly paths: Paths;
  readonly here: Moment;
  readonly offered: readonly Candidate[];
  readonly frozen: ReadonlySet<ThreadId>;
}

export type Picture = Pick<StepState, "threads" | "last" | "waits" | "objects">;

export function pictureOf(parts: PictureParts): Picture {
  const { look, ledger, paths, here, offered, frozen } = parts;
  const objects = look.objects();
  const holds = new Map<ThreadId, string[]>();
  for (const view of objects) {
    if (view.holder !== undefined) addTo(holds, view.holder, view.name);
  }
  const byThread = new Map<ThreadId, Candidate[]>();
  for (const candidate of offered) addTo(byThread, candidate.thread, candidate);
  const lastBy = paths.lastBy(here.id);
  const threads = look.threads.map((thread) =>
    look.thread(
      thread,
      byThread.get(thread.id) ?? [],
      frozen.has(thread.id),
      ledger,
      lastBy.get(thread.id),
      holds.get(thread.id) ?? [],
    ),
  );
  return {
    threads,
    last: paths.by(here.id),
    waits: threads.flatMap((thread) => waitsOf(look, thread)),
    objects: objects
      .filter((view) => view.isNamed)
      .map((view) => look.object(view, ledger.touched)),
  };
}

function waitsOf(look: RunLook, { id, waitsFor }: StepThread): StepState["waits"] {
  const { object } = look.threads[id].next;
  const name = object === 0 ? "" : new ObjectView(look.looked, object).name;
  return waitsFor.map((to) => ({ from: id, to, object: name }));
}

function addTo<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [item]);
  else known.push(item);
}
