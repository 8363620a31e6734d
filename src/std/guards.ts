/** What is held for a while and given back by whoever has it: none of it crosses to another thread. */
import { MutexGuard } from "./mutex.ts";
import { Permit } from "./semaphore.ts";

/** Why a value cannot cross, if it is one of these. */
export function refusedGuard(
  value: object,
): { readonly what: string; readonly why: string; readonly remedy: string } | undefined {
  if (value instanceof MutexGuard) {
    return {
      what: "a guard",
      why: "a lock is given back by the thread that took it",
      remedy: "Send the Mutex itself, and lock it where the value is needed.",
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
