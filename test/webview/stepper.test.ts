/** The stepper's page in a real browser, over a real session: what a person does with it, and what it says. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import type { StepSession } from "../../src/engine/stepping/step-session.ts";
import { launch, type PanelOptions } from "./browser.ts";
import { StepperPage, stepperBundle } from "./stepper-page.ts";
import { CONTENDED, ENDED_LOST, LOCKED_UP, crowd } from "./stepper-states.ts";
import { Stepping, show } from "./stepping.ts";

const COUNTER = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { counter++; }
/** @thread */ function bob() { counter++; }
// @final counter === 2
`;

const LOCKS = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const left = new Mutex(0);
const right = new Mutex(0);
const alice = spawn(() => {
  using one = left.lock();
  using two = right.lock();
}, { name: "alice" });
const bob = spawn(() => {
  using one = right.lock();
  using two = left.lock();
}, { name: "bob" });
alice.join();
bob.join();
`;

let browser: Browser;
let parts: Awaited<ReturnType<typeof stepperBundle>>;
const stepping = new Stepping();

before(async () => {
  [browser, parts] = await Promise.all([launch(), stepperBundle()]);
});
after(async () => {
  await browser.close();
  await stepping[Symbol.asyncDispose]();
});

/** A page that nothing went wrong in. */
async function withPage(
  options: PanelOptions,
  act: (stepper: StepperPage) => Promise<void>,
): Promise<void> {
  const stepper = await StepperPage.open(browser, parts, options);
  try {
    await act(stepper);
    assert.deepEqual(stepper.errors, [], "nothing failed inside the page");
    assert.deepEqual(await stepper.posted("problem"), []);
  } finally {
    await stepper.page.close();
  }
}

/** A program at its beginning, in a page. */
async function withProgram(
  text: string,
  act: (stepper: StepperPage, session: StepSession) => Promise<void>,
  options: PanelOptions = {},
): Promise<void> {
  const session = await stepping.begin("counter.ts", text);
  await withPage(options, async (stepper) => {
    await show(session, stepper);
    await act(stepper, session);
  });
  session.finish({ kind: "left" });
}

/** Presses keys, each when the picture of the one before stands. */
async function press(stepper: StepperPage, session: StepSession, keys: string): Promise<void> {
  for (const key of keys) {
    const { revision } = session.state;
    await stepper.page.keyboard.press(key);
    await stepper.painted(revision + 1);
  }
}

const happened = (stepper: StepperPage): Promise<string[]> =>
  stepper.page.locator(".history .row .did").allTextContents();
const card = (stepper: StepperPage, name: string) =>
  stepper.page.locator(".card", { has: stepper.page.locator("h3", { hasText: name }) });

/** Both threads at their read: main starts them, and each begins. */
const TO_READS = "11123";

test("what comes next is a button that says it; pressing it does that and nothing else", async () => {
  await withProgram(COUNTER, async (stepper, session) => {
    await press(stepper, session, TO_READS);
    const before = session.state.depth;
    await card(stepper, "alice").getByRole("button", { name: "alice: read counter → 0" }).click();
    await stepper.page.waitForSelector(".story .first >> text=alice reads counter → 0.");
    assert.equal(session.state.depth, before + 1);
    assert.equal(
      await card(stepper, "bob").locator(".step").textContent(),
      "bob: read counter → 03",
    );
    assert.match(
      (await card(stepper, "alice").locator(".step").textContent())!,
      /write counter ← 1/,
    );
  });
});

test("a lost update is stepped into by keys, seen coming, told at its end, and compared with the run that passes", async () => {
  await withProgram(COUNTER, async (stepper, session) => {
    const { page } = stepper;
    // alice reads, bob reads and writes: now alice's write would bury his.
    await press(stepper, session, `${TO_READS}233`);
    assert.match(
      (await page.textContent(".story"))!,
      /If alice goes now: overwrites what bob wrote/,
    );
    assert.match((await card(stepper, "alice").textContent())!, /overwrites what bob wrote/);
    await page.keyboard.press("Space");
    await page.waitForSelector(".tone.bad >> text=counter === 2");
    assert.ok(session.state.over);
    // Back to where bob had not read yet, and alice first this time.
    const reads = (await happened(stepper)).indexOf("reads counter → 0");
    await page.locator(".history .row").nth(reads).click();
    await page.waitForSelector(".story .first >> text=reads counter → 0");
    await press(stepper, session, "2");
    await page.keyboard.press("Space");
    await page.waitForSelector(".tone.good");
    assert.deepEqual(
      await page.locator(".branches .outcome").allTextContents(),
      ["✗ counter 1", "✓ counter 2"],
      "both ends are in the tree, with what they came to",
    );
    // And from the failed end the passing one is offered for comparison.
    await page.locator(".branches .bad").click();
    await page.getByRole("button", { name: "Compare the two" }).click();
    await page.waitForFunction(() => document.activeElement?.className === "compared");
    assert.match((await page.textContent(".compared"))!, /Both went the same way up to step 6/);
    assert.equal(await page.locator(".future .differs").count(), 2);
    assert.deepEqual(
      (await page.locator(".future .outcome").allTextContents()).map((one) => one.slice(0, 1)),
      ["✗", "✓"],
    );
  });
});

const STACKS = `// @threadloom
import { Mutex } from "threadloom:std";
const lock = new Mutex(0);
function inner() {
  using held = lock.lock();
  held.value++;
}
async function task() {
  await null;
  inner();
}
async function outer() {
  await task();
}
await outer();
`;

test("a thread's stack is shown in its card, by click or key, leads to the source, and goes along with the steps", async () => {
  await withProgram(STACKS, async (stepper, session) => {
    const { page } = stepper;
    const main = card(stepper, "main");
    const frames = main.locator(".frames li");
    await press(stepper, session, "1");
    await main.focus();
    await page.keyboard.press("s");
    await frames.first().waitFor();
    while (!/lock `lock`/.test(session.state.threads[0].next?.text ?? "")) {
      await press(stepper, session, "1");
    }
    await page.waitForFunction(() => document.querySelectorAll(".frames li").length === 4);
    assert.deepEqual(await frames.allTextContents(), [
      "inner counter.ts:5",
      "task counter.ts:10",
      "at async outer counter.ts:13",
      "at async top level counter.ts:15",
    ]);
    await frames.nth(2).getByRole("button").click();
    const [revealed] = await stepper.posted("reveal");
    assert.match(revealed.file, /counter\.ts$/);
    assert.equal(revealed.line, 13);
    await press(stepper, session, "u");
    await page.waitForFunction(
      () => !document.querySelector(".frames")?.textContent?.includes("inner counter.ts:5"),
    );
    const toggle = main.getByRole("button", { name: "Stack of main" });
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    assert.equal(await frames.count(), 0);
  });
});

test("undo and redo, the history and the tree all lead to moments, and what was undone stays in sight", async () => {
  await withProgram(COUNTER, async (stepper, session) => {
    const { page } = stepper;
    await press(stepper, session, `${TO_READS}2`);
    await press(stepper, session, "uu");
    assert.equal(session.state.depth, 4);
    assert.deepEqual(await page.locator(".history .undone .tag").allTextContents(), [
      "undone",
      "undone",
    ]);
    await press(stepper, session, "r");
    assert.equal(session.state.depth, 5);
    await page.focus(".history .rows");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".story .first >> text=main begins");
    assert.equal(session.state.depth, 1);
    await page.focus(".branches");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".story .first >> text=main starts alice");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".story .first >> text=alice reads");
    assert.equal(session.state.depth, 6);
  });
});

test("pointing at an earlier time on the lanes goes to the moment that was there", async () => {
  await withProgram(COUNTER, async (stepper, session) => {
    const { page } = stepper;
    await press(stepper, session, `${TO_READS}2233`);
    await page.waitForSelector(".sofar canvas.lanes");
    await page.locator(".sofar").scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    const box = (await page.locator(".sofar canvas.lanes").boundingBox())!;
    const ticks = page.locator(".sofar .axis text", { hasText: /^4/ });
    const four = (await ticks.first().boundingBox())!;
    const { depth } = session.state;
    // Beside all bands, a little after the fourth tick: the fourth step had been made.
    await page.mouse.click(four.x + four.width / 2 + 6, box.y + 4);
    await page.waitForFunction(
      (deep) => !document.querySelector(".counts")?.textContent?.includes(`step ${deep} `),
      depth,
    );
    await stepper.painted(session.state.revision);
    assert.equal(session.state.depth, 4);
    assert.equal(session.state.last?.text, "begins");
  });
});

test("who cannot go says why, with links to whom it waits for; a ring is said first", async () => {
  await withProgram(LOCKS, async (stepper, session) => {
    const { page } = stepper;
    const holds = (thread: number) => session.state.threads[thread]?.holds.length > 0;
    while (session.state.threads.length < 3) await press(stepper, session, "1");
    while (!holds(1)) await press(stepper, session, "2");
    while (!holds(2)) await press(stepper, session, "3");
    assert.match((await page.textContent(".story"))!, /Deadlock.*alice waits for.*held by bob/);
    const alice = card(stepper, "alice");
    assert.match((await alice.textContent())!, /right.*bob/);
    assert.equal(await alice.locator(".step").count(), 0);
    await alice.locator(".why").getByRole("button", { name: "bob" }).click();
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "bob, blocked",
    );
    assert.match((await page.getAttribute("svg.graph", "aria-label"))!, /alice waits for bob/);
    const rows = await page.locator(".objects tbody tr").allTextContents();
    assert.ok(
      rows.some((row) => /left.*alice.*bob/.test(row)),
      rows.join("; "),
    );
  });
});

test("it runs to what is chosen, and stops there", async () => {
  await withProgram(LOCKS, async (stepper, session) => {
    const { page } = stepper;
    await page.selectOption(".choose select", "contention");
    await page.keyboard.press("n");
    await page.waitForFunction(() =>
      /step [1-9]/.test(document.querySelector(".counts")?.textContent ?? ""),
    );
    await stepper.painted(session.state.revision);
    assert.ok(session.state.depth > 3);
    assert.deepEqual(stepper.asked.at(-1), {
      kind: "go",
      how: { kind: "until", what: "contention" },
    });
  });
});

test("a frozen thread is told to be frozen and stays; it can be thawed", async () => {
  await withProgram(COUNTER, async (stepper, session) => {
    await press(stepper, session, "111");
    const { revision } = session.state;
    await card(stepper, "alice").getByRole("button", { name: "Freeze alice" }).click();
    await stepper.painted(revision + 1);
    assert.match((await card(stepper, "alice").locator(".state").textContent())!, /ready, frozen/);
    await press(stepper, session, "l");
    assert.equal(session.state.threads[1].last, undefined);
    await card(stepper, "alice").getByRole("button", { name: "Thaw alice" }).click();
    await card(stepper, "alice").getByRole("button", { name: "Freeze alice" }).waitFor();
    assert.equal(session.state.threads[1].frozen, false);
  });
});

test("a page that comes back shows the same moment, the way there and all paths", async () => {
  const session = await stepping.begin("counter.ts", COUNTER);
  await withPage({}, async (stepper) => {
    await show(session, stepper);
    await press(stepper, session, `${TO_READS}2`);
    await press(stepper, session, "uu");
    await press(stepper, session, "3");
  });
  await withPage({}, async (stepper) => {
    await show(session, stepper);
    await stepper.page.waitForSelector(".history .row >> text=starts alice");
    const rows = stepper.page.locator(".history .row:not(.undone)");
    assert.equal(await rows.count(), session.state.depth + 1);
    await stepper.page.waitForSelector(".sofar canvas.lanes");
    assert.ok((await stepper.page.locator(".branches .moment").count()) > session.state.depth + 1);
  });
  session.finish({ kind: "left" });
});

test("buttons that do nothing say why, and can be reached", async () => {
  await withProgram(COUNTER, async (stepper) => {
    const back = stepper.page.getByRole("button", { name: /^◀? ?Back/ });
    assert.equal(await back.getAttribute("aria-disabled"), "true");
    assert.equal(await back.getAttribute("title"), "Nothing has been done yet (u)");
    await back.click({ force: true });
    assert.equal(stepper.asked.filter(({ kind }) => kind === "undo").length, 0);
    await back.focus();
    assert.equal(await back.evaluate((one) => document.activeElement === one), true);
  });
});

test("what a person marks is compared, whichever two moments they are", async () => {
  await withProgram(COUNTER, async (stepper, session) => {
    const { page } = stepper;
    await press(stepper, session, `${TO_READS}2`);
    await page.keyboard.press("f");
    await press(stepper, session, "u");
    await press(stepper, session, "3");
    await page.keyboard.press("f");
    await page.keyboard.press("c");
    await page.waitForSelector(".compared .future");
    assert.deepEqual(await page.locator(".future ol .did").allTextContents(), [
      "reads counter → 0 ",
      "reads counter → 0 ",
    ]);
  });
});

test("a session that is over leaves what was there, says why, and offers to begin again", async () => {
  await withPage({}, async (stepper) => {
    await stepper.begin("counter.ts");
    await stepper.tell({ kind: "moment", state: CONTENDED });
    await stepper.send({ type: "over", session: "s1", text: "It ended with its window." });
    await stepper.page.waitForSelector(".note >> text=It ended with its window.");
    assert.equal(await card(stepper, "alice").count(), 1);
    await card(stepper, "alice").locator(".step").click({ force: true });
    await stepper.page.keyboard.press("2");
    assert.deepEqual(
      stepper.asked.filter(({ kind }) => kind === "go"),
      [],
    );
    await stepper.page.getByRole("button", { name: "Begin again" }).click();
    assert.deepEqual(await stepper.posted("command"), [{ type: "command", command: "restart" }]);
  });
});

test("a refusal is said, with what to do", async () => {
  await withPage({}, async (stepper) => {
    stepper.onAsk = ({ kind }) => {
      if (kind !== "go") return null;
      throw Object.assign(new Error("The run is going on."), {
        code: "TL7102",
        remedy: "Pause it.",
      });
    };
    await stepper.begin("counter.ts");
    await stepper.tell({ kind: "moment", state: CONTENDED });
    await card(stepper, "alice").locator(".step").click();
    await stepper.page.waitForSelector(".refusal >> text=TL7102: The run is going on. Pause it.");
  });
});

test("text of the program is text: no markup of it comes to life", async () => {
  await withPage({}, async (stepper) => {
    const evil = `<img src=x onerror="window.hacked=1">`;
    await stepper.begin(evil);
    const [thread] = CONTENDED.threads;
    const state = { ...CONTENDED, threads: [{ ...thread, name: evil, why: evil }] };
    await stepper.tell({ kind: "moment", state });
    await stepper.painted(CONTENDED.revision);
    assert.equal(await stepper.page.locator("img").count(), 0);
    assert.equal(await stepper.page.textContent("h1"), evil);
  });
});

test("ten thousand threads are a page of a few cards, drawn at once, and each can be found", async () => {
  await withPage({}, async (stepper) => {
    const { page } = stepper;
    await stepper.begin("crowd.ts");
    await stepper.tell({ kind: "moment", state: crowd(10_000) });
    await stepper.painted(1);
    assert.ok((await page.locator(".card").count()) <= 24);
    await page.fill(".threads input[type=search]", "worker-9998");
    await page.waitForFunction(() => document.querySelectorAll(".card").length === 1);
    await card(stepper, "worker-9998").locator(".step").click();
    await page.waitForFunction(() => true);
    const went = stepper.asked.filter(({ kind }) => kind === "go");
    assert.deepEqual(went, [
      { kind: "go", how: { kind: "operation", thread: 9998, timesOut: false } },
    ]);
  });
});

for (const [name, state, options] of [
  ["dark", CONTENDED, {}],
  ["light", ENDED_LOST, { theme: "light" }],
  ["high contrast", LOCKED_UP, { theme: "hcDark" }],
  ["high contrast light", CONTENDED, { theme: "hcLight" }],
  ["400 pixels wide", LOCKED_UP, { width: 400, height: 900 }],
  ["at 200 % zoom", CONTENDED, { width: 640, height: 480, zoom: 2 }],
] as const) {
  test(`accessible: ${name}`, async () => {
    await withPage(options, async (stepper) => {
      const { page } = stepper;
      await stepper.begin("counter.ts");
      await stepper.tell({ kind: "moment", state });
      await stepper.painted(state.revision);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        (window as never as { axe: typeof axe }).axe.run(document),
      );
      const told = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n  ")}`,
      );
      assert.deepEqual(told, []);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(overflow <= 0, `${overflow} pixels stick out`);
      const spoken = await page.textContent("p[aria-live]");
      assert.match(spoken!, /Step \d/);
    });
  });
}
