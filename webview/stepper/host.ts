/** Who is around the stepper: VS Code, as its page reaches it. */
import type { FromStepper } from "../../src/protocol/stepper-view.ts";

export interface StepperHost {
  post(message: FromStepper): void;
  /** What was kept by `keep`, as it was kept or not at all: the caller checks its form. */
  kept(): unknown;
  keep(state: unknown): void;
  listen(receive: (message: unknown) => void): void;
}

export function stepperHost(
  api: ReturnType<NonNullable<typeof globalThis.acquireVsCodeApi>>,
): StepperHost {
  return {
    post: (message) => api.postMessage(message),
    kept: () => api.getState(),
    keep: (state) => api.setState(state),
    // Messages come from the window that embeds this one; nobody else can reach into it.
    listen: (receive) => addEventListener("message", (event) => receive(event.data)),
  };
}
