// The processes of a VS Code under test, and what memory they take, out of /proc.
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

/** Megabytes of memory that the extension hosts of the server of this workspace take, code and all. */
export function hostMemory(workspace: string): number {
  const home = workspace.slice(0, workspace.lastIndexOf("/"));
  return resident((pid, command) => {
    if (!command.includes("--type=extensionHost")) return false;
    return ancestors(pid).some((one) => read(one, "cmdline")?.includes(home));
  });
}

/** Megabytes of memory that the pages of the browsers take which this process has started. */
export function pageMemory(): number {
  const own = String(process.pid);
  return resident((pid, command) => command.includes("--type=renderer") && isBelow(pid, own));
}

function resident(isMeant: (pid: string, command: string) => boolean): number {
  const kilobytes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isMeant(name, read(name, "cmdline") ?? ""))
    .map((pid) => Number(/^VmRSS:\s*(\d+)/m.exec(read(pid, "status") ?? "")?.[1] ?? 0));
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

function isBelow(pid: string, ancestor: string): boolean {
  return ancestors(pid).includes(ancestor);
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
