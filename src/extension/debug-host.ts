/** Gives the debug adapter its program: from the sessions that the panel has as well. */
import * as vscode from "vscode";
import { DEBUG_MESSAGES } from "../base/catalogue/debug.ts";
import { EXTENSION_MESSAGES } from "../base/catalogue/extension.ts";
import type { Launch } from "../debug/launch.ts";
import { refused } from "../debug/refusal.ts";
import type { DebugHost, Opening } from "../debug/stepped-program.ts";
import { baseName, isTypeScript, textNow, uriOf } from "./documents.ts";
import type { StepSession } from "../engine/stepping/step-session.ts";
import type { StepSessions } from "./step-sessions.ts";
import { reasonOf } from "./trace-run.ts";

/** The first line of every schedule. */
const SCHEDULE = /^\s*threadloom schedule \d/;

export class SharedSessions implements DebugHost {
  readonly #sessions: StepSessions;
  readonly #folder: vscode.Uri | undefined;

  /** `folder`: where relative paths of the configuration begin. */
  constructor(sessions: StepSessions, folder: vscode.Uri | undefined) {
    this.#sessions = sessions;
    this.#folder = folder;
  }

  async open(launch: Launch, anew: boolean): Promise<Opening> {
    if (!vscode.workspace.isTrusted) throw refused(EXTENSION_MESSAGES.needsTrust, {});
    const program = this.#uriOf(launch.program);
    const joined = anew ? undefined : await this.#join(program, launch);
    if (joined) return joined;
    await checkProgram(program);
    const schedule = launch.schedule && (await this.#schedule(launch.schedule));
    const trace = launch.trace && (await this.#read("trace", launch.trace));
    const opened = await this.#sessions.open(program, {
      argv: launch.args,
      options: launch.options,
      ...(schedule ? { schedule } : {}),
      ...(trace ? { trace } : {}),
    });
    return opened.ok ? { ...opened, joined: false } : opened;
  }

  /** Takes part in the session that the panel has, if it is what would be begun. */
  async #join(program: vscode.Uri, launch: Launch): Promise<Opening | undefined> {
    const { schedule, trace, args, options } = launch;
    const asksMore = args.length > 0 || Object.keys(options).length > 0;
    if (schedule !== undefined || trace !== undefined || asksMore) return undefined;
    const open = this.#sessions.hold(program);
    if (!open) return undefined;
    const { session, held } = open;
    if (await isOfNow(session)) return { ok: true, session, held, joined: true };
    held[Symbol.dispose]();
    return undefined;
  }

  async #schedule(text: string): Promise<string> {
    if (SCHEDULE.test(text)) return text;
    return new TextDecoder().decode(await this.#read("schedule", text));
  }

  async #read(what: "schedule" | "trace", file: string): Promise<Uint8Array> {
    try {
      return await vscode.workspace.fs.readFile(this.#uriOf(file));
    } catch (error) {
      throw refused(DEBUG_MESSAGES.cannotRead, { what, file, reason: reasonOf(error) });
    }
  }

  #uriOf(file: string): vscode.Uri {
    const known = uriOf(file);
    if (known) return known;
    return this.#folder ? vscode.Uri.joinPath(this.#folder, file) : vscode.Uri.file(file);
  }
}

async function checkProgram(program: vscode.Uri): Promise<void> {
  const file = baseName(program);
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(program);
  } catch (error) {
    throw refused(EXTENSION_MESSAGES.sourceGone, { file, reason: reasonOf(error) });
  }
  // The compiler has the last word on TypeScript; other languages it would not even parse.
  if (!isTypeScript(document)) throw refused(EXTENSION_MESSAGES.notAProgram, { file });
}

/** Whether the session runs what the editor shows: no file of the program was edited since. */
async function isOfNow({ plan }: StepSession): Promise<boolean> {
  try {
    const texts = await Promise.all(plan.compiled.sources.map(({ file }) => textNow(file)));
    return plan.compiled.sources.every(({ text }, index) => text === texts[index]);
  } catch {
    return false; // a file that is gone is not what it was
  }
}
