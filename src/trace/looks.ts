/** Which events only look: whoever does nothing else changes nothing that anybody could see. */
import { EventKind } from "./event.ts";

/** Of steps that leave everything as it was. */
export const LOOKS: ReadonlySet<EventKind> = new Set([
  EventKind.read,
  EventKind.load,
  EventKind.compareFailed,
  EventKind.query,
  EventKind.lockRefused,
  EventKind.sendRefused,
  EventKind.receiveRefused,
  EventKind.acquireRefused,
  EventKind.find,
  EventKind.findNothing,
  EventKind.insertRefused,
  EventKind.writeRefused,
  EventKind.readRefused,
  EventKind.acceptRefused,
  EventKind.yield,
]);
