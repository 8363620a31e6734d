/** What is held for a while and given back by whoever has it: none of it crosses to another thread. */
import { Permit } from "./semaphore.ts";
import { isGuard } from "./value-guard.ts";

/** Why a value cannot cross, if it is one of these. */
export function refusedGuard(
  value: object,
): { readonly what: string; readonly why: string; readonly remedy: string } | undefined {
  if (isGuard(value)) {
    return {
      what: "a guard",
      why: "a lock is given back by the thread that took it",
      remedy: "Send the lock itself, and lock it where the value is needed.",
    };
  }
  if (value instanceof Permit) {
    return {
      what: "a permit",
      why: "it is given back where it was acquired",
      remedy: "Call `forget()` here, and `release()` of the Semaphore over there.",
    };
  }
  return undefined;
}
