/** What a program tells the timeline, and what it claims: `label`, `region`, `assert`. And `drop`. */
import { tell } from "../base/catalogue/message.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import { EventKind } from "../trace/event.ts";
import { AssertionError } from "./errors.ts";
import { engine } from "./intrinsics.ts";

export function label(words: string): void {
  if (engine.traced) engine.mark(EventKind.label, engine.string(String(words)));
}

export function region(name: string): Disposable {
  if (engine.traced) engine.mark(EventKind.regionBegin, engine.string(String(name)));
  let open = true;
  return {
    [Symbol.dispose](): void {
      if (open && engine.traced) engine.mark(EventKind.regionEnd, engine.string(String(name)));
      open = false;
    },
  };
}

export function assert(condition: unknown, message?: string): asserts condition {
  if (condition) return;
  const error = new AssertionError(
    message ??
      tell(RUNTIME_MESSAGES.assertionFailed, { condition: engine.textOf(engine.site) }).message,
  );
  engine.assertionFailed(error);
  throw error;
}

export function drop(handle: Disposable): void {
  handle[Symbol.dispose]();
}
