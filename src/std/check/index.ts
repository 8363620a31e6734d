/** What `import … from "threadloom:check"` gives: the names that `../types/check.d.ts` declares. */
import { explore } from "./explore.ts";
import { exploring } from "./exploring.ts";
import { linearizable } from "./linearizable.ts";

export const CHECK: Readonly<Record<string, unknown>> = { explore, exploring, linearizable };
