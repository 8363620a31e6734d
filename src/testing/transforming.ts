/**
 * Whether files of tests are prepared in this process: then a function that nothing has prepared is one that could not be seen.
 * Told by a variable of the environment, since who loads a file and who runs it may be two threads or two realms.
 */
const VARIABLE = "THREADLOOM_TESTING_TRANSFORM";

export function noteTransforming(): void {
  process.env[VARIABLE] = "1";
}

export function isTransforming(): boolean {
  return process.env[VARIABLE] === "1";
}
