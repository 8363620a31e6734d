/** The head: which program, where one stands in it, and what one can do with all threads. */
import type { Notable } from "../../../src/protocol/step.ts";
import { Ticked } from "../../ui/ticked.tsx";
import { whyNobody } from "../model/cards.ts";
import { NOTABLES } from "../state.ts";
import { Action, Key } from "./action.tsx";
import { usePart, useStepper } from "./context.ts";

export function Head() {
  const stepper = useStepper();
  const { text } = stepper;
  const title = usePart((state) => state.title);
  const edited = usePart((state) => state.edited);
  const over = usePart((state) => state.over);
  const notes = usePart((state) => state.notes);
  const note = usePart((state) => state.now?.note);
  return (
    <header class="header stephead">
      <div class="what">
        <h1>{title}</h1>
        <Where />
      </div>
      <Tools />
      {(edited || over !== null) && (
        <p class="note warning" role="status">
          {over ?? text("head.edited")}{" "}
          <button
            type="button"
            class="link"
            title={text("head.restartHint")}
            onClick={() => stepper.command("restart")}
          >
            {text("head.restart")}
          </button>
        </p>
      )}
      {(note === undefined ? notes : [...notes, note]).map((one) => (
        <p key={one} class="note">
          <Ticked text={one} />
        </p>
      ))}
    </header>
  );
}

function Where() {
  const { text, moments } = useStepper();
  const now = usePart((state) => state.now);
  const options = usePart((state) => state.options);
  usePart((state) => state.treeVersion);
  if (!now) return null;
  const all = now.depth + moments.onward(moments.here.id).length;
  const step =
    all > now.depth
      ? text("head.stepOf", { depth: now.depth, all })
      : text("head.step", { depth: now.depth });
  const model =
    now.engine === "native" ? text("head.native") : (options.model ?? text("head.model"));
  const cores = options.cores === undefined ? [] : [text.count("head.cores", options.cores)];
  return (
    <p class="counts">{[text("head.stepping"), step, [model, ...cores].join(", ")].join(" · ")}</p>
  );
}

function Tools() {
  const stepper = useStepper();
  const { text } = stepper;
  const now = usePart((state) => state.now);
  const until = usePart((state) => state.until);
  const marked = usePart((state) => state.marked);
  const over = usePart((state) => state.over);
  if (!now) return null;
  const closed = over === null ? undefined : text("not.closed");
  const running = now.running ? text("not.running") : undefined;
  const nobody = whyNobody(now);
  const cannotGo = closed ?? (nobody && text(nobody));
  const here = now.moment;
  const isMarked = marked.includes(here);
  return (
    <div class="tools" role="toolbar" aria-label={text("head.tools")}>
      <Action
        hint={text("do.start")}
        shortcut="Home"
        not={closed ?? running ?? (now.depth === 0 ? text("do.backNot") : undefined)}
        label={text("do.start")}
        onDo={() => stepper.goTo(0 as typeof here)}
      >
        <span aria-hidden="true">|◀</span>
      </Action>
      <Action
        hint={text("do.backHint")}
        shortcut="u"
        not={closed ?? running ?? (now.canUndo ? undefined : text("do.backNot"))}
        onDo={() => stepper.undo()}
      >
        <span aria-hidden="true">◀ </span>
        {text("do.back")}
        <Key name="u" />
      </Action>
      <Action
        hint={text("do.redoHint")}
        shortcut="r"
        not={closed ?? running ?? (now.canRedo ? undefined : text("do.redoNot"))}
        onDo={() => stepper.redo()}
      >
        {text("do.redo")}
        <span aria-hidden="true"> ▶</span>
        <Key name="r" />
      </Action>
      {now.running ? (
        <Action
          hint={text("do.pauseHint")}
          shortcut="Space"
          not={closed}
          primary
          onDo={() => stepper.pause()}
        >
          {text("do.pause")}
          <Key name="Space" />
        </Action>
      ) : (
        <Action
          hint={text("do.continueHint")}
          shortcut="Space"
          not={cannotGo}
          onDo={() => stepper.continue()}
        >
          {text("do.continue")}
          <Key name="Space" />
        </Action>
      )}
      <span class="joined">
        <Action
          hint={text("do.runToHint")}
          shortcut="n"
          not={cannotGo}
          onDo={() => stepper.runTo(until)}
        >
          {text("do.runTo", { what: text(`until.${until}`) })}
          <Key name="n" />
        </Action>
        <span class="choose">
          <span class="sign" aria-hidden="true">
            ▾
          </span>
          <select
            aria-label={text("do.what")}
            title={text("do.what")}
            value={until}
            onChange={(event) => stepper.until(event.currentTarget.value as Notable)}
          >
            {NOTABLES.map((what) => (
              <option key={what} value={what}>
                {text(`until.${what}`)}
              </option>
            ))}
          </select>
        </span>
      </span>
      {until === "race" && (
        <Action
          hint={text("do.backToRaceHint")}
          shortcut="Shift+N"
          not={closed ?? running ?? (now.depth === 0 ? text("do.backNot") : undefined)}
          onDo={() => stepper.backToRace()}
        >
          <span aria-hidden="true">◀ </span>
          {text("do.backToRace")}
        </Action>
      )}
      <Action
        hint={text("do.lockstepHint")}
        shortcut="l"
        not={cannotGo}
        onDo={() => stepper.lockstep()}
      >
        {text("do.lockstep")}
        <Key name="l" />
      </Action>
      <Action
        hint={text("do.forkHint")}
        shortcut="f"
        not={closed ?? running}
        pressed={isMarked}
        onDo={() => stepper.mark(here)}
      >
        {text(isMarked ? "do.unfork" : "do.fork")}
        <Key name="f" />
      </Action>
      <Action
        hint={text("do.copyHint")}
        not={closed ?? running}
        onDo={() => stepper.command("copySchedule")}
      >
        {text("do.copy")}
      </Action>
    </div>
  );
}
