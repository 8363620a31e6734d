/** What a thread would do next, where an execution has ended. */
import { type ModelThread, Standing } from "../engine/model/thread.ts";
import { KINDS } from "../objects/kinds.ts";
import { Head, Outlook } from "../objects/object.ts";

/** Where a thread has a step to make next. */
const STANDS: ReadonlySet<Standing> = new Set([
  Standing.OPERATION,
  Standing.PAUSED,
  Standing.SLEEPING,
]);

/** Whether it has a step to make that others have to do with. One that was stopped with its process may have gone on before that. */
export function hasNext({ standing, stoppedAt, next }: ModelThread): boolean {
  return stoppedAt === undefined
    ? standing === Standing.OPERATION && next.object !== 0
    : STANDS.has(stoppedAt);
}

/** Whether a thread that was stopped with its process could have made its step even then. */
export function couldGoAtLast(words: Int32Array, { stoppedAt, next }: ModelThread): boolean {
  if (stoppedAt === undefined) return false;
  const { object, operation, a, b } = next;
  const kind = KINDS[words[object + Head.KIND]];
  return object === 0 || kind.outlook(words, object, operation, a, b) !== Outlook.WAITS;
}
