// The runner processes of a VS Code under test, out of /proc.
import { readFileSync, readdirSync } from "node:fs";

export interface RunnerProcess {
  readonly pid: number;
  /** Time on a processor so far, in hundredths of a second. */
  readonly ticks: number;
}

/** Those whose extension host belongs to the server of this workspace. */
export function runnersOf(workspace: string): RunnerProcess[] {
  const home = workspace.slice(0, workspace.lastIndexOf("/"));
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const command = read(name, "cmdline");
      if (!command?.includes("/dist/runner.mjs")) return [];
      if (!ancestors(name).some((pid) => read(pid, "cmdline")?.includes(home))) return [];
      const fields = read(name, "stat")!
        .replace(/^.*\) /s, "")
        .split(" ");
      return [{ pid: Number(name), ticks: Number(fields[11]) + Number(fields[12]) }];
    });
}

function ancestors(pid: string): string[] {
  const parent = read(pid, "stat")
    ?.replace(/^.*\) /s, "")
    .split(" ")[1];
  return !parent || parent === "0" ? [pid] : [pid, ...ancestors(parent)];
}

/** Undefined for a process that has ended meanwhile. */
function read(pid: string, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
