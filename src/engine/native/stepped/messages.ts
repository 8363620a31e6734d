/** What the runner's main thread and the worker of a step session say to each other. Both are built together. */
import type { StepEvent, StepReply, StepRequest } from "../../../protocol/step.ts";

export interface ToStepped {
  readonly id: number;
  readonly request: StepRequest;
}

export type FromStepped =
  | { readonly type: "reply"; readonly reply: StepReply }
  | { readonly type: "event"; readonly event: StepEvent };
