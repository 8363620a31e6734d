/** `threadloom/testing`: exploring programs from unit tests, in node:test, Vitest, Jest and whatever else runs on Node. */
export { ExplorationError } from "./exploration-error.ts";
export { explore, linearizable } from "./explore.ts";
