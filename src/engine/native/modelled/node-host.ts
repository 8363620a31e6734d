/** What the model engine needs of the world, in a worker of Node's. */
import { formatWithOptions } from "node:util";
import type { ModelHost } from "../../model/prepared.ts";
import { NodeModuleHost } from "../node-modules.ts";

export class NodeModelHost extends NodeModuleHost implements ModelHost {
  format(values: readonly unknown[]): string {
    return formatWithOptions({ colors: false }, ...values);
  }
}
