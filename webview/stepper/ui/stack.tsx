/**
 * A thread's stack in its card, where somebody has opened it: its frames, the innermost first, then the async functions that
 * wait for the innermost, as a debugger shows them. A frame leads to its line.
 */
import type { Frame, StepThread } from "../../../src/protocol/step.ts";
import { PlaceLink } from "../../ui/place-link.tsx";
import { usePart, useStepper } from "./context.ts";

/** Of a deep recursion the rest is only counted. */
const MOST = 50;

export function Stack({ thread: { id, name } }: { readonly thread: StepThread }) {
  const stepper = useStepper();
  const { text } = stepper;
  const opened = usePart((state) => state.openStacks).has(id);
  const frames = usePart((state) => state.stacks).get(id);
  return (
    <div class="stack">
      <button
        type="button"
        class="link toggle"
        aria-expanded={opened}
        aria-label={text("stack.label", { name })}
        title={text("stack.hint")}
        onClick={() => stepper.toggleStack(id)}
      >
        <span aria-hidden="true">{opened ? "▾" : "▸"}</span> {text("stack.stack")}
      </button>
      {opened && frames !== undefined && <Frames frames={frames} />}
    </div>
  );
}

function Frames({ frames }: { readonly frames: readonly Frame[] }) {
  const { text } = useStepper();
  const calls = frames.filter(({ isAsync }) => isAsync !== "label");
  const rest = calls.length - MOST;
  if (calls.length === 0) return <p class="dim">{text("stack.none")}</p>;
  return (
    <ol class="frames">
      {calls.slice(0, MOST).map(({ name, place, isAsync }, index) => (
        <li key={index} class={isAsync === undefined ? "" : "async"}>
          {isAsync === "caller" && <span class="dim">{text("stack.caller")} </span>}
          <code>{name}</code>
          {place && (
            <>
              {" "}
              <PlaceLink place={place} />
            </>
          )}
        </li>
      ))}
      {rest > 0 && <li class="dim">{text("stack.more", { count: rest })}</li>}
    </ol>
  );
}
