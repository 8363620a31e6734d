// @threadloom
//
// Tasks that are called, and called off. One waits for a signal (`Notify`), which is kept if it comes too early. Another is
// aborted while it sleeps: its `finally` runs, and whoever awaits it hears of it. Cancelling happens at an `await` and nowhere
// else: what stands between two of them is never left half done.
import { CancelledError, Notify, Runtime, sleep } from "threadloom:async";

using runtime = new Runtime();
const ready = new Notify();

const cook = async () => {
  await ready.notified();
  return "dinner";
};

const guest = async () => {
  try {
    await sleep(60_000);
    return "came";
  } finally {
    console.log("the guest's place is cleared");
  }
};

const evening = async () => {
  const cooking = runtime.spawn(cook, { name: "cook" });
  const invited = runtime.spawn(guest, { name: "guest" });
  ready.notifyOne();
  console.log(await cooking);
  invited.abort();
  try {
    console.log(await invited);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    console.log("the guest does not come");
  }
};
runtime.blockOn(evening());
