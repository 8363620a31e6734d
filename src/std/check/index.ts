/** What `import … from "threadloom:check"` gives: the names that `../types/check.d.ts` declares. */
import { linearizable } from "./linearizable.ts";

export const CHECK: Readonly<Record<string, unknown>> = { linearizable };
