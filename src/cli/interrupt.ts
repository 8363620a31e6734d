/**
 * Ctrl-C and polite requests to end, as an AbortSignal. The first asks the command to stop and tidy up; the second ends
 * this process at once (the runner ends with it, since it watches its parent's channel).
 */
import { Exit } from "./exit.ts";

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(Exit.INTERRUPTED);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
