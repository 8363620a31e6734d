/** Explores a program for a tool: compiles it, tries the schedule that is kept beside it first, and ends at once when nobody waits. */
import { checkJson, type CheckJson } from "../explore/check-json.ts";
import type { Checked } from "../explore/checked.ts";
import { exploreOptions, seedOf, type SearchRequest } from "../explore/explore-options.ts";
import { savedScheduleName } from "../explore/saved-schedule.ts";
import { progressText } from "../explore/tell/progress.ts";
import type { ExploreOptions, ExploreResult } from "../protocol/explore.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import { parseSchedule } from "../trace/schedule.ts";
import type { Call } from "./tool.ts";
import type { AgentWorld } from "./world.ts";

/** Where nobody says how long: a person waits for an agent, and many clients give up after a minute. */
export const USUAL_SECONDS = 20;

/** A program's file, explored or not to be compiled. Rejects when the call is given up. */
export async function search(
  file: string,
  asked: SearchRequest,
  world: AgentWorld,
  call: Call,
): Promise<Checked> {
  const began = world.now();
  const since = () => Math.round(world.now() - began);
  const name = world.nearby(file);
  const compilation = await world.compile(file, "model", call.signal);
  const { diagnostics } = compilation;
  if (!compilation.ok) return { file: name, expected: "ok", diagnostics, durationMs: since() };
  const { program } = compilation;
  const { expect: expected = "ok" } = program.options;
  const saved = await savedSchedule(file, world);
  const options = exploreOptions(asked, program.options, saved === undefined ? [] : [saved]);
  const result = await explored(name, program, options, world, call);
  return { file: name, expected, diagnostics, result, durationMs: since() };
}

/** `name`: in what is said of its progress. */
export async function explored(
  name: string,
  program: CompiledProgram,
  options: ExploreOptions,
  world: AgentWorld,
  { signal, progress }: Call,
): Promise<ExploreResult> {
  signal.throwIfAborted();
  const searching = world.explore({ program, options }, (at) =>
    progress(`exploring ${name}: ${progressText(at)}`, at.executions),
  );
  const stop = (): void => searching.cancel();
  signal.addEventListener("abort", stop, { once: true });
  const result = await searching.ended;
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  return result;
}

/** What `threadloom check --json` says of it. */
export function contractOf(checked: Checked, asked: SearchRequest): CheckJson {
  return checkJson(checked, { strategy: asked.strategy, seed: seedOf(asked) });
}

/** The schedule that is kept beside the program; undefined where there is none that can be followed. */
async function savedSchedule(file: string, world: AgentWorld): Promise<string | undefined> {
  const cut = file.search(/[^\\/]*$/);
  const text = await world.readText(file.slice(0, cut) + savedScheduleName(file.slice(cut)));
  return text === undefined || parseSchedule(text).problems.length > 0 ? undefined : text;
}
