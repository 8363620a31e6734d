// Runs test files in phases, one after the other, as one run of node:test: one report, one count at the end.
// Unit tests share the cores; a phase that starts VS Code has them to itself.
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** @typedef {{ name: string, files: string[], concurrency: number, ready?: Promise<unknown> }} Phase */
/** @typedef {{ type: string, data: any }} TestEvent */

/** The same text that `node --test` prints. */
const reporter = () => /** @type {import("node:stream").Transform} */ (new spec());

const COUNTERS = ["tests", "suites", "pass", "fail", "cancelled", "skipped", "todo"];
const COUNT = new RegExp(`^(${COUNTERS.join("|")}) (\\d+)$`);

/** A file that takes longer hangs. */
const FILE_LIMIT = 10 * 60 * 1000;

/** Aborts at the first signal, so that the processes of the test files are ended with us. */
function interrupted() {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => controller.abort());
  }
  return controller;
}

/**
 * @param {Phase[]} phases
 * @returns {Promise<boolean>} whether everything passed
 */
export async function runPhases(phases) {
  const started = performance.now();
  const counts = new Map(COUNTERS.map((name) => [name, 0]));
  const interruption = interrupted();
  const report = reporter();
  report.pipe(process.stdout);
  for (const phase of phases) {
    await phase.ready;
    report.write(note(`${phase.name}: ${phase.files.join(" ")}`));
    const ran = await runPhase(phase, counts, report, interruption.signal);
    if (interruption.signal.aborted) break;
    // A pattern that matches nothing must not pass for a success.
    if (ran === 0) {
      report.write(note(`no test ran: ${phase.name}`));
      counts.set("fail", (counts.get("fail") ?? 0) + 1);
    }
  }
  report.end();
  await finished(report, { writable: false });

  const summary = reporter();
  const closing = summary.pipe(new PassThrough());
  for (const [name, count] of counts) summary.write(note(`${name} ${count}`));
  summary.write(note(`duration_ms ${(performance.now() - started).toFixed(0)}`));
  summary.end();
  closing.pipe(process.stdout, { end: false });
  await once(closing, "end");
  const { aborted } = interruption.signal;
  return !aborted && counts.get("fail") === 0 && counts.get("cancelled") === 0;
}

/**
 * @param {Phase} phase
 * @param {Map<string, number>} counts
 * @param {import("node:stream").Transform} report
 * @param {AbortSignal} signal
 */
async function runPhase({ files, concurrency }, counts, report, signal) {
  let ran = 0;
  const events = run({ globPatterns: files, concurrency, signal, timeout: FILE_LIMIT });
  for await (const event of /** @type {AsyncIterable<TestEvent>} */ (events)) {
    const count = event.type === "test:diagnostic" && COUNT.exec(event.data.message);
    if (count && event.data.nesting === 0) {
      counts.set(count[1], (counts.get(count[1]) ?? 0) + Number(count[2]));
      if (count[1] === "tests") ran = Number(count[2]);
    } else if (!isDuration(event) && event.type !== "test:summary") {
      report.write(event);
    }
  }
  return ran;
}

/** @param {TestEvent} event */
function isDuration({ type, data }) {
  return type === "test:diagnostic" && data.nesting === 0 && /^duration_ms /.test(data.message);
}

/** @param {string} message */
function note(message) {
  return { type: "test:diagnostic", data: { nesting: 0, message, level: "info" } };
}
