/** What `threadloom merge` is asked for. */
import { type ReportTargets, targetsOf } from "../check/request.ts";
import type { Words } from "../words.ts";

export interface MergeRequest extends ReportTargets {
  readonly kind: "merge";
  readonly results: readonly string[];
}

export function mergeRequest(words: Words): MergeRequest {
  return { kind: "merge", results: words.arguments, ...targetsOf(words) };
}
