/** A thread's card: who it is, where it stands, and what it would do next as a button. */
import type { StepState, StepThread } from "../../../src/protocol/step.ts";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Ticked } from "../../ui/ticked.tsx";
import { reasonOf } from "../model/reason.ts";
import { Action, Key } from "./action.tsx";
import { usePart, useStepper } from "./context.ts";
import { Stack } from "./stack.tsx";
import { Words } from "./words.tsx";

export interface CardProps {
  readonly thread: StepThread;
  readonly now: StepState;
  /** The digit that steps it, for the first nine. */
  readonly digit: number | undefined;
}

export function Card({ thread, now, digit }: CardProps) {
  const stepper = useStepper();
  const { text } = stepper;
  const { id, name, state, place, holds, frozen } = thread;
  const said = frozen
    ? `${text(`state.${state}`)}, ${text("state.frozen")}`
    : text(`state.${state}`);
  const isLast = now.last?.thread === id;
  return (
    <article
      class={`card thread${(id % 8) + 1} ${state}${isLast ? " last" : ""}${frozen ? " frozen" : ""}`}
      id={`thread-${id}`}
      tabIndex={-1}
      aria-label={text("card.label", { name, state: said })}
    >
      <h3>
        <span class="threadname">{name}</span> <span class="dim state">{said}</span>
      </h3>
      <p class="where dim">
        {thread.function !== undefined && (
          <>
            <Ticked text={text("card.in", { function: `\`${thread.function}\`` })} />
            {place && " · "}
          </>
        )}
        {place && <PlaceLink place={place} />}
        {holds.length > 0 && (
          <>
            {" · "}
            <Ticked
              text={text("card.holds", { locks: holds.map((one) => `\`${one}\``).join(", ") })}
            />
          </>
        )}
      </p>
      {state !== "ended" && <Stack thread={thread} />}
      <Next thread={thread} now={now} digit={digit} />
    </article>
  );
}

function Next({ thread, now, digit }: CardProps) {
  const stepper = useStepper();
  const { text } = stepper;
  const over = usePart((state) => state.over);
  const { id, name, next, frozen, why, last } = thread;
  const not = over !== null ? text("not.closed") : now.running ? text("not.running") : undefined;
  if (!next) {
    return (
      <div class="next">
        <p class="dim">{text("card.ended")}</p>
        {last && (
          <p class="dim">
            <Ticked text={text("card.last", { what: last.text })} />
          </p>
        )}
      </div>
    );
  }
  const hint = text("card.nextHint", { thread: name });
  const choices = next.choices ?? [];
  const shortcut = digit === undefined ? {} : { shortcut: `${digit}` };
  return (
    <div class="next">
      {next.canStep ? (
        <>
          <Action
            hint={hint}
            {...shortcut}
            not={not}
            primary
            class="step"
            onDo={() => stepper.step(id)}
          >
            <span>
              <span class="unseen">{name}: </span>
              <Ticked text={next.text} />
            </span>
            {digit !== undefined && <Key name={`${digit}`} />}
          </Action>
          {next.effect !== undefined && (
            <p class="effect">
              <span aria-hidden="true">▲ </span>
              <Ticked text={next.effect} />
            </p>
          )}
          {choices.length > 1 && (
            <div class="choices" role="group" aria-label={text("card.choose")}>
              <span class="dim">{text("card.choose")}</span>
              {choices.map((choice, index) => (
                <Action
                  key={choice}
                  hint={hint}
                  not={not}
                  onDo={() => stepper.step(id, false, index)}
                >
                  <Ticked text={choice} />
                </Action>
              ))}
            </div>
          )}
        </>
      ) : (
        <>
          <p class="would dim">
            <Ticked text={next.text} />
          </p>
          <p class="why">
            {why === undefined ? (
              text("card.cannot")
            ) : (
              <Words pieces={reasonOf(thread, now, stepper.files)} />
            )}
          </p>
        </>
      )}
      <div class="foot">
        {next.canTimeOut && (
          <Action
            hint={text("card.timeOutHint")}
            not={not}
            {...(digit === undefined ? {} : { shortcut: `Shift+${digit}` })}
            onDo={() => stepper.step(id, true)}
          >
            {text("card.timeOut")}
          </Action>
        )}
        {next.canWake && (
          <Action hint={text("card.wakeHint")} not={not} onDo={() => stepper.wake(id)}>
            {text("card.wake")}
          </Action>
        )}
        <Action
          hint={text("card.freezeHint")}
          not={not}
          pressed={frozen}
          label={`${text(frozen ? "card.thaw" : "card.freeze")} ${name}`}
          onDo={() => stepper.freeze(id, !frozen)}
        >
          {text(frozen ? "card.thaw" : "card.freeze")}
        </Action>
      </div>
    </div>
  );
}
