/** What the model engine needs of the world, in a worker of Node's. */
import { formatWithOptions } from "node:util";
import type { ThreadId } from "../../../base/brand.ts";
import type { OwnPackages } from "../../model/context.ts";
import type { ModelHost } from "../../model/prepared.ts";
import { NodeModuleHost } from "../node-modules.ts";
import { FirstPackages, type Loading, ThreadPackages } from "./thread-packages.ts";

const MAIN = 0;

export class NodeModelHost extends NodeModuleHost implements ModelHost, Loading {
  #first = true;
  isLoading = false;

  format(values: readonly unknown[]): string {
    return formatWithOptions({ colors: false }, ...values);
  }

  packagesOf(thread: ThreadId): OwnPackages {
    if (!this.#first || thread !== MAIN) return new ThreadPackages(this, thread === MAIN, this);
    this.#first = false;
    return new FirstPackages(this);
  }
}
