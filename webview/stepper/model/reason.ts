/**
 * Why a thread cannot go on, with what it names as links: the threads that it waits for, and lines. The reason comes as
 * text; what is looked for in it is known by name.
 */
import type { Piece, Sentence } from "../../../src/analysis/sentence.ts";
import type { StepState, StepThread } from "../../../src/protocol/step.ts";

/** `counter.ts:14`, `line 14`. */
const LINE = /(?:(?<file>[\w./-]+\.[cm]?tsx?):(?<at>\d+))|(?:\bline (?<line>\d+))/;

/** `files`: the program's own, as places name them. */
export function reasonOf(
  thread: StepThread,
  state: Pick<StepState, "threads">,
  files: readonly string[],
): Sentence {
  const known = new Set(thread.waitsFor);
  const named = state.threads
    .filter(({ id }) => known.has(id))
    .map(({ id, name }): [string, Piece] => [name, { kind: "thread", text: name, thread: id }]);
  const pieces = new Map(named);
  const names = [...pieces.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const either = names.length > 0 ? `(?<![\\w-])(?:${names.join("|")})(?![\\w-])|` : "";
  const split = new RegExp(`(${either}${plainSource(LINE)})`, "u");
  return (thread.why ?? "")
    .split(split)
    .filter((part) => part !== "")
    .map((part): Piece => pieces.get(part) ?? lineIn(part, thread, files));
}

function lineIn(part: string, thread: StepThread, files: readonly string[]): Piece {
  const found = LINE.exec(part);
  const { file, at, line } = found?.groups ?? {};
  if (found?.[0] !== part) return { kind: "text", text: part };
  const whole =
    file === undefined
      ? thread.place?.file
      : files.find((one) => one === file || one.endsWith(`/${file}`));
  if (whole === undefined) return { kind: "text", text: part };
  const place = { file: whole, line: Number(at ?? line), column: 1 };
  return { kind: "place", text: part, place };
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Without its named groups: a text is split by the whole of it. */
const plainSource = ({ source }: RegExp): string => source.replace(/\(\?<\w+>/g, "(?:");
