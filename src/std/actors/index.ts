/** What `import … from "threadloom:actors"` gives: the names that `../types/actors.d.ts` declares. */
import { TimeoutError } from "../errors.ts";
import { actor } from "./actor.ts";

export const ACTORS: Readonly<Record<string, unknown>> = { actor, TimeoutError };
