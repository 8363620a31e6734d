/**
 * The messages between the extension and the stepper's page. The page speaks the language of a step session (`step.ts`)
 * through the extension, which passes on what it asks and tells it what is told. Each side drops, with a line in the log, what
 * is of another version or shape (`stepper-checks.ts`).
 */
import type { ProgramOptions } from "./program.ts";
import type { StepEvent, StepReply, StepRequest } from "./step.ts";

export const STEPPER_PROTOCOL = 1;

/** What a page may ask of a session. Beginning and ending it, and values, are others' business. */
export type PageRequest = Extract<
  StepRequest,
  {
    kind:
      | "go"
      | "pause"
      | "undo"
      | "redo"
      | "goTo"
      | "back"
      | "freeze"
      | "frames"
      | "tree"
      | "compare"
      | "watch";
  }
>;

/** What the page asks the extension itself to do. */
export type StepperCommand =
  /** Begin again, with the program as it is now. */
  | "restart"
  /** The schedule that leads here, to the clipboard. */
  | "copySchedule";

export type ToStepper =
  /** A session is shown from now on: forget the one before. Its state and output follow as events. */
  | {
      readonly type: "begin";
      readonly protocol: number;
      readonly session: string;
      /** The program's document, as text of its URI: what the page keeps, to come back to it. */
      readonly program: string;
      readonly title: string;
      readonly options: Pick<ProgramOptions, "model" | "cores">;
      /** What the recorded run or schedule that it began with did not fit, in words. */
      readonly notes: readonly string[];
      /** The page's words, and those of the lanes in it, in the person's language. */
      readonly strings: Readonly<Record<string, string>>;
      readonly laneStrings: Readonly<Record<string, string>>;
    }
  | { readonly type: "event"; readonly session: string; readonly event: StepEvent }
  | { readonly type: "answer"; readonly session: string; readonly reply: StepReply }
  /** The program's text is another one now than the one that is stepped through, or is the same again. */
  | { readonly type: "edited"; readonly session: string; readonly edited: boolean }
  /** The session is over: why, in words. What was there last stays, to be looked at. */
  | { readonly type: "over"; readonly session: string; readonly text: string };

export type FromStepper =
  /** Loaded and listening. */
  | { readonly type: "ready"; readonly protocol: number }
  | {
      readonly type: "ask";
      readonly session: string;
      readonly id: number;
      readonly request: PageRequest;
    }
  | {
      readonly type: "reveal";
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly preserveFocus: boolean;
    }
  | { readonly type: "command"; readonly command: StepperCommand }
  /** This revision of the session's state is on the screen; for the bench. */
  | { readonly type: "painted"; readonly session: string; readonly revision: number }
  | { readonly type: "problem"; readonly text: string };
