/** How a failure is had again, in words: the command, and what has to be done before it. Files as the person names them. */
import { savedScheduleName } from "../saved-schedule.ts";

/** `threadloom replay bank.schedule bank.ts`. `schedule`: where it is kept, or is to be. */
export function replayCommand(schedule: string, program: string): string {
  return `threadloom replay ${quoted(schedule)} ${quoted(program)}`;
}

/** What stands before the command. `how`: what would keep it by itself, if anything does. */
export function againWords(program: string, isKept: boolean, how?: string): string {
  if (isKept) return "To have it again:";
  const name = savedScheduleName(program.slice(program.search(/[^\\/]*$/)));
  return `To have it again, save these lines as ${name}${how === undefined ? "" : ` (${how} does)`}, then:`;
}

/** A word for a shell. */
function quoted(word: string): string {
  return /^[\w./\\:@%+=-]+$/.test(word) ? word : `"${word}"`;
}
