/**
 * The stepper's keys: plain letters and digits, wherever the focus is, but where somebody writes or a control takes the key
 * for itself.
 */
import type { ThreadId } from "../../src/base/brand.ts";
import type { StepState } from "../../src/protocol/step.ts";
import type { Stepper } from "./stepper.ts";
import { threadOfKey, whyNobody } from "./model/cards.ts";

/** Listens until the answer is called. */
export function listenForKeys(target: Document, stepper: Stepper): () => void {
  const ends = new AbortController();
  target.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || isTaken(event)) return;
      if (act(event, stepper)) event.preventDefault();
    },
    { signal: ends.signal },
  );
  return () => ends.abort();
}

function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return false;
  if (target.closest("input, textarea, select")) return true;
  // A button presses itself by Space, and the lanes have keys of their own.
  if (event.key === " " && target.closest("button")) return true;
  return target.closest("canvas") !== null && !/^[a-z]$/.test(event.key);
}

/** Whether the key was one of ours. */
function act(event: KeyboardEvent, stepper: Stepper): boolean {
  const { now, until, over, marked } = stepper.store.value;
  if (!now || over !== null) return false;
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit !== undefined) return stepKey(Number(digit), event.shiftKey, stepper);
  if (event.key === " ") {
    if (now.running) stepper.pause();
    else if (!whyNobody(now)) stepper.continue();
    return true;
  }
  if (now.running) return false;
  switch (event.key) {
    case "u":
      if (now.canUndo) stepper.undo();
      return true;
    case "r":
      if (now.canRedo) stepper.redo();
      return true;
    case "n":
      if (!whyNobody(now)) stepper.runTo(until);
      return true;
    case "N":
      if (now.depth > 0) stepper.backToRace();
      return true;
    case "l":
      if (!whyNobody(now)) stepper.lockstep();
      return true;
    case "f":
      stepper.mark(now.moment);
      return true;
    case "s": {
      const thread = threadOfStack(event.target, now);
      if (thread !== undefined) stepper.toggleStack(thread);
      return thread !== undefined;
    }
    case "c":
      if (marked.length === 2) void stepper.compare(marked[0], marked[1]);
      return marked.length === 2;
    case "Home":
      if (now.depth > 0) stepper.goTo(0 as typeof now.moment);
      return true;
    default:
      return false;
  }
}

/** Whose card has the focus; else who went last. */
function threadOfStack(target: EventTarget | null, now: StepState): ThreadId | undefined {
  const card = target instanceof Element ? target.closest("article.card") : null;
  const id = card === null ? now.last?.thread : Number(card.id.replace("thread-", ""));
  return now.threads.find((thread) => thread.id === id && thread.state !== "ended")?.id;
}

function stepKey(digit: number, timesOut: boolean, stepper: Stepper): boolean {
  const { now } = stepper.store.value;
  const thread = now && threadOfKey(now, digit);
  if (!thread || now.running) return false;
  const can = timesOut ? thread.next?.canTimeOut : thread.next?.canStep;
  if (can) stepper.step(thread.id, timesOut);
  return true;
}
