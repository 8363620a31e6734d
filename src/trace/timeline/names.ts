/**
 * What a person calls an object: the name that it is given where it is made (`db` in `const db = new Mutex()`), a thread
 * by its own name, anything else by its kind and place. Where several would be called the same, all but the first get a
 * number, in order of creation: `db`, `db #2`, `db #3`. A job is its pool's: `job of pool`. What is received from a process is called as the process is, what is sent to
 * it by its port, wherever they were made.
 */
import type { ObjectId, SiteId } from "../../base/brand.ts";
import type { Trace } from "../trace.ts";
import type { ObjectTrack } from "./object-track.ts";

export function objectNames(
  trace: Trace,
  objects: readonly ObjectTrack[],
): ReadonlyMap<ObjectId, string> {
  const threads = new Map([...trace.threads.values()].map((row) => [row.object, row.name]));
  const names = new Map<ObjectId, string>();
  const used = new Map<string, number>();
  for (const { name, object, down, up } of trace.processes.values()) {
    names.set(object as ObjectId, name);
    names.set(up as ObjectId, name);
    names.set(down as ObjectId, `port of ${name}`);
  }
  for (const object of objects) {
    if (names.has(object.id)) continue;
    const name = threads.get(object.id) ?? baseName(trace, object);
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    names.set(object.id, times === 1 ? name : `${name} #${times}`);
  }
  return names;
}

function baseName(trace: Trace, object: ObjectTrack): string {
  const site = trace.site(object.site as SiteId);
  const name = trace.strings.get(object.text) ?? site?.name;
  // A job stands where it is submitted, which is called as its pool is.
  if (name !== undefined && name !== "") return object.kind === "job" ? `job of ${name}` : name;
  const kind = object.kind ?? "object";
  return site === undefined ? kind : `${kind} at ${fileName(site.file)}:${site.line}`;
}

/** The last part of a path or URI. */
export function fileName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return name.replace(/^untitled:/, ""); // a document that was never saved has no folder to leave out
}
