/** Names of the signals that end processes, by their numbers, which are the same on all systems that have them (POSIX). */
const NAMES: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  14: "SIGALRM",
  15: "SIGTERM",
};

/** What a program is told: `SIGKILL`; one that has no name here is told by its number. */
export function signalName(number: number): string {
  return NAMES[number] ?? `SIG${number}`;
}

/** The number of a signal that Node has told by its name. */
export function signalNumber(name: string): number {
  const known = Object.entries(NAMES).find(([, one]) => one === name);
  return known === undefined ? Number(name.replace(/\D+/g, "")) : Number(known[0]);
}
