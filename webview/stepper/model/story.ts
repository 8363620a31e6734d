/** The one sentence before everything: what has just happened, and what matters now. */
import { say, text as plain, type Piece, type Sentence } from "../../../src/analysis/sentence.ts";
import type { MomentId, StepState, StepThread } from "../../../src/protocol/step.ts";
import type { Finding } from "../../../src/trace/finding.ts";
import type { StepperText } from "../strings.ts";
import { passed, type Moments } from "./moments.ts";
import { waitsNow } from "./waits.ts";

export interface Story {
  /** Told by a word or a shape as well as by a colour. */
  readonly tone: "plain" | "warning" | "bad" | "good";
  readonly sentences: readonly Sentence[];
  /** Two moments whose comparison says more. */
  readonly compare?: { readonly one: MomentId; readonly other: MomentId };
}

export function storyOf(state: StepState, moments: Moments, text: StepperText): Story {
  if (state.running) {
    return { tone: "plain", sentences: [say(text("story.running"), { depth: `${state.depth}` })] };
  }
  const sentences = [lastSentence(state, text)];
  if (state.over) return endingStory(state, moments, sentences, text);
  const { ring } = waitsNow(state);
  if (ring.length > 1) {
    const threads = listed(
      ring.map((id) => threadPiece(state, id)),
      text,
    );
    sentences.push(fill(text("story.ring"), { threads }));
    return { tone: "bad", sentences };
  }
  const able = state.threads.filter(({ next }) => next?.canStep || next?.canTimeOut);
  const dangers = able.filter(({ next }) => next?.effect !== undefined);
  for (const thread of dangers.slice(0, 2)) {
    const values = { thread: pieceOf(thread), effect: thread.next!.effect! };
    sentences.push(say(text("story.effect"), values));
  }
  if (dangers.length > 0) return { tone: "warning", sentences };
  sentences.push(
    able.length === 0
      ? say(text("story.stuck"), {})
      : able.length === 1
        ? say(text("story.only"), { thread: pieceOf(able[0]) })
        : say(text.count("story.ready", able.length), {}),
  );
  return { tone: "plain", sentences };
}

function lastSentence({ last, threads }: StepState, text: StepperText): Sentence {
  if (!last) return say(text("story.begin"), {});
  const thread = threads.find(({ id }) => id === last.thread);
  const who: Piece = thread ? pieceOf(thread) : plain(`thread ${last.thread}`);
  return say(text("story.last"), { thread: who, what: last.text });
}

function endingStory(
  state: StepState,
  moments: Moments,
  before: readonly Sentence[],
  text: StepperText,
): Story {
  const outcome = state.over!;
  const good = passed(outcome);
  const sentences = [...before];
  const gravest = outcome.findings.find(({ severity }) => severity === "error");
  const first = gravest ?? outcome.findings[0];
  if (good) sentences.push(say(text("story.ends"), {}));
  if (first) sentences.push(findingSentence(first, text));
  if (good && outcome.shared.length > 0) {
    const values = outcome.shared.map(({ name, text: value }) => `\`${name}\` ${value}`).join(", ");
    sentences.push(say(text("story.shared"), { values }));
  }
  if (good) return { tone: "good", sentences };
  const nearest = nearestPass(moments);
  if (!nearest) return { tone: "bad", sentences };
  const { depth } = moments.fork(moments.here.id, nearest);
  sentences.push(
    depth === 0
      ? say(text("story.nearestBegin"), {})
      : say(text("story.nearest"), { step: text("head.step", { depth }) }),
  );
  return { tone: "bad", sentences, compare: { one: moments.here.id, other: nearest } };
}

function findingSentence({ message, sites }: Finding, text: StepperText): Sentence {
  const sentence = say(text("story.finding"), { message });
  const place = sites[0];
  if (!place) return sentence;
  const line = `${place.file.slice(place.file.lastIndexOf("/") + 1)}:${place.line}`;
  // A message mostly names its line already: the link goes there.
  return [...sentence, plain(" ("), { kind: "place", text: line, place }, plain(")")];
}

/** The run that passed and goes the same way for longest. */
function nearestPass(moments: Moments): MomentId | undefined {
  let nearest: MomentId | undefined;
  let longest = -1;
  for (const { id } of moments.outcomes(true)) {
    const { depth } = moments.fork(moments.here.id, id);
    if (depth <= longest) continue;
    longest = depth;
    nearest = id;
  }
  return nearest;
}

export const pieceOf = ({ id, name }: Pick<StepThread, "id" | "name">): Piece => ({
  kind: "thread",
  text: name,
  thread: id,
});

function threadPiece(state: StepState, id: number): Piece {
  const thread = state.threads.find((one) => one.id === id);
  return thread ? pieceOf(thread) : plain(`thread ${id}`);
}

/** "a, b and c" */
function listed(pieces: readonly Piece[], text: StepperText): Sentence {
  const last = pieces.at(-1)!;
  if (pieces.length === 1) return [last];
  const first = pieces
    .slice(0, -1)
    .flatMap((piece, index) => (index > 0 ? [plain(", "), piece] : [piece]));
  return fill(text("story.and"), { first, last: [last] });
}

/** As `say`, with sentences for values. */
function fill(template: string, values: Readonly<Record<string, Sentence>>): Sentence {
  return template
    .split(/(\{\w+\})/)
    .filter((part) => part !== "")
    .flatMap((part) =>
      part.startsWith("{") ? (values[part.slice(1, -1)] ?? [plain(part)]) : [plain(part)],
    );
}
