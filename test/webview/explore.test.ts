/** The page that tells of exploring, in a real browser. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { launch } from "./browser.ts";
import { ExplorePage, exploreBundle } from "./explore-page.ts";
import {
  BOUNDED,
  CUT_SHORT,
  EXPECTED,
  LOST,
  MANY,
  MISSING,
  LINEARIZABLE,
  NOT_LINEARIZABLE,
  NOTHING,
  PROVED,
} from "./explore-states.ts";

let browser: Browser;
let parts: Awaited<ReturnType<typeof exploreBundle>>;

before(async () => {
  [browser, parts] = await Promise.all([launch(), exploreBundle()]);
});
after(() => browser.close());

const withPage = (act: (page: ExplorePage) => Promise<unknown>): Promise<void> =>
  ExplorePage.with(browser, parts, {}, act);

for (const [name, result, said] of [
  [
    "a pass that is a proof says so, and in how many ways the program ends",
    PROVED,
    /^Proved: 64 executions, and none of them fails\. .*Every order.*They end in 2 ways\./,
  ],
  [
    "a structure that passed is proved in its scenarios, and in no larger ones",
    LINEARIZABLE,
    /^Linearizable in 59 scenarios: .*239 executions in all\. Of larger scenarios that proves nothing\./,
  ],
  [
    "a pass within a bound is never called a proof",
    BOUNDED,
    /^None of 48 executions with at most 2 preemptions fails\..*proves nothing\./,
  ],
  [
    "a failure says what can happen, and that there may be more",
    LOST,
    /^An assertion can fail: found in 3 executions\. .*there may be more\./,
  ],
  ["a failure that the file expects is good news", EXPECTED, /That is what the file expects\./],
  [
    "what the file expects and nobody has found is a failure",
    MISSING,
    /^Nothing failed in 64 executions, where the file expects deadlock\./,
  ],
  [
    "a search that was cut short says why, and proves nothing",
    CUT_SHORT,
    /^Stopped after 123,458 executions: nothing has failed so far\. 60 s are over\. .*may still fail\./,
  ],
  ["no execution is no pass", NOTHING, /^Nothing was explored\. It was asked to stop\./],
] as const) {
  test(name, () =>
    withPage(async (page) => {
      await page.show(result);
      assert.match(await page.story(), said);
    }),
  );
}

test("good news and bad news differ by a sign, not by a colour alone", async () => {
  for (const [result, sign] of [
    [PROVED, "✓"],
    [EXPECTED, "✓"],
    [LOST, "✗"],
    [MISSING, "✗"],
    [CUT_SHORT, "▲"],
    [NOTHING, "▲"],
  ] as const) {
    await withPage(async (page) => {
      await page.show(result);
      assert.equal(await page.page.innerText(".story .sign"), sign);
    });
  }
});

test("a finding has its story, each line of which leads to its place", () =>
  withPage(async (page) => {
    await page.show(LOST);
    const lines = page.page.locator(".finding >> nth=0 >> ol.lines li");
    assert.deepEqual(await lines.allInnerTexts(), [
      "alice reads counter → 0 (counter.ts:3)",
      "bob reads counter → 0 counter.ts:4",
      "bob writes counter ← 1 (counter.ts:4)",
      "alice writes counter ← 1 (counter.ts:3)",
      "@final counter === 2 does not hold.",
    ]);
    await lines.nth(1).getByRole("button", { name: "counter.ts:4" }).click();
    const reveal = { type: "reveal", file: "/work/counter.ts", line: 4, column: 38 };
    assert.deepEqual(await page.posted(), [reveal]);
  }));

test("a line that names two places leads to its own", () =>
  withPage(async (page) => {
    await page.show(EXPECTED);
    await page.page.locator("ol.lines li >> nth=0 >> button").click();
    const [said] = await page.posted();
    assert.ok(said.type === "reveal" && said.line === 3);
  }));

test("its buttons step through it, keep its schedule, and step through the run that passes", () =>
  withPage(async (page) => {
    await page.show(LOST);
    const finding = page.page.locator(".finding").first();
    await finding.getByRole("button", { name: "Step through", exact: true }).click();
    await finding.getByRole("button", { name: "Save schedule" }).click();
    await finding.getByRole("button", { name: "Step through the run that passes" }).click();
    await finding.getByRole("button", { name: "TL2154" }).click();
    assert.deepEqual(await page.posted(), [
      { type: "stepFinding", finding: 0, nearest: false },
      { type: "save", finding: 0 },
      { type: "stepFinding", finding: 0, nearest: true },
      { type: "explain", code: "TL2154" },
    ]);
    const warning = page.page.locator(".finding.warning");
    assert.equal(await warning.getByRole("button", { name: "Step through" }).count(), 0);
  }));

test("every outcome has its count, its values and a run to step through", () =>
  withPage(async (page) => {
    await page.show(PROVED);
    const rows = page.page.locator("section:has(#outcomes) tbody tr");
    assert.match(await rows.nth(0).innerText(), /60\s+total = 3\s+3/);
    assert.match(await rows.nth(1).innerText(), /4\s+total = 0\s+nothing/);
    await page.page.getByRole("button", { name: "ends as outcome 2" }).click();
    assert.deepEqual(await page.posted(), [{ type: "stepOutcome", outcome: 1 }]);
  }));

test("thousands of outcomes are a table that can be read, and a number", () =>
  withPage(async (page) => {
    await page.show(MANY);
    assert.equal(await page.page.locator("section:has(#outcomes) tbody tr").count(), 200);
    await page.page.getByText("4,121 more outcomes are in").waitFor();
  }));

test("lines that were met in one order only come with a warning", () =>
  withPage(async (page) => {
    await page.show(PROVED);
    const rows = page.page.locator("section:has(#pairs) tbody tr");
    assert.match(
      await rows.nth(0).innerText(),
      /counter\.ts:5\s+counter\.ts:8\s+total\s+▲ in this/,
    );
    assert.match(await rows.nth(1).innerText(), /✓ in both orders/);
  }));

test("while it goes on there are figures, an estimate where there is one, and a way to stop", () =>
  withPage(async (page) => {
    await page.send({ type: "going" });
    await page.page.getByText("Compiling, then every order is tried").waitFor();
    const phase = { strategy: "bounded", bound: 2, executions: 1204, complete: false } as const;
    const progress = { phase, executions: 1311, outcomes: 3, findings: 1, elapsedMs: 1612 };
    await page.send({ type: "going", progress });
    const figures = () => page.page.locator(".figures > div").allInnerTexts();
    await page.page.waitForSelector(".figures");
    assert.deepEqual(
      (await figures()).map((figure) => figure.replaceAll(/\s+/g, " ")),
      ["executions 1,311", "outcomes 3", "findings 1", "executions a second 813", "so far 1.61 s"],
    );
    assert.equal(await page.page.locator("progress").count(), 0);
    await page.send({ type: "going", progress: { ...progress, estimate: 5000 } });
    await page.page.getByText("1,204 of about 5,000 executions.").waitFor();
    assert.equal(await page.page.locator("progress").getAttribute("value"), "1204");
    await page.page.getByRole("button", { name: "Stop" }).click();
    assert.deepEqual(await page.posted(), [{ type: "stop" }]);
  }));

test("an edit is said and offers to explore again; taking it back takes that back", () =>
  withPage(async (page) => {
    await page.show(LOST);
    const note = page.page.getByText("The program has been edited since");
    assert.equal(await note.count(), 0);
    await page.send({ type: "edited", edited: true });
    await note.waitFor();
    await page.page.getByRole("button", { name: "Explore again" }).click();
    assert.deepEqual(await page.posted(), [{ type: "again" }]);
    await page.send({ type: "edited", edited: false });
    await note.waitFor({ state: "detached" });
  }));

test("a finding that is asked for comes into sight and gets the focus", () =>
  ExplorePage.with(browser, parts, { height: 300 }, async (page) => {
    await page.show(LOST);
    await page.send({ type: "goTo", finding: 1 });
    await page.page.waitForFunction(() =>
      document.activeElement?.matches(".finding:nth-of-type(2)"),
    );
    assert.ok(await page.page.locator(".finding >> nth=1").isVisible());
  }));

test("a program that does not compile says where", () =>
  withPage(async (page) => {
    const place = { file: "/work/counter.ts", line: 3, column: 7 };
    await page.send({
      type: "none",
      text: "TL6023: counter.ts was not explored.",
      problems: [{ ...place, text: "A bracket is missing.", code: "TS1005" }],
    });
    await page.page.getByText("A bracket is missing.").waitFor();
    await page.page.getByRole("button", { name: "counter.ts:3" }).click();
    assert.deepEqual(await page.posted(), [{ type: "reveal", ...place }]);
  }));

test("the page keeps which program it is about, so that it can come back", () =>
  withPage(async (page) => {
    await page.show(LOST);
    assert.deepEqual(await page.panel.kept(), { program: "file:///work/counter.ts" });
  }));

test("text of a program is text, whatever it looks like", () =>
  withPage(async (page) => {
    const output = "<img src=x onerror=\"document.title='caught'\">\n";
    await page.show({ ...PROVED, outcomes: [{ ...PROVED.outcomes[0], output }] });
    assert.equal(await page.page.locator("pre").innerText(), output.trimEnd());
    assert.equal(await page.page.locator("img").count(), 0);
  }));

test("a message of another shape is refused and changes nothing", () =>
  withPage(async (page) => {
    await page.show(LOST);
    await page.send({ type: "begin", protocol: 2 } as never);
    await page.send({ type: "result", result: { verdict: 5 } } as never);
    await page.send({ type: "goTo", finding: "first" } as never);
    await page.page.waitForTimeout(100);
    const posted = await page.posted();
    assert.equal(posted.filter(({ type }) => type === "problem").length, 3);
    assert.match(await page.story(), /An assertion can fail/);
  }));

for (const theme of ["dark", "light", "hcDark", "hcLight"] as const) {
  test(`axe finds nothing to complain about in ${theme}, wide and narrow`, async () => {
    for (const width of [1100, 400]) {
      for (const result of [LOST, PROVED, NOT_LINEARIZABLE]) {
        await ExplorePage.with(browser, parts, { theme, width }, async (page) => {
          await page.show(result, true);
          assert.deepEqual(await complaints(page.page), []);
        });
      }
    }
  });
}

test("at 400 pixels nothing but tables is wider than the page", () =>
  ExplorePage.with(browser, parts, { width: 400 }, async (page) => {
    await page.show(LOST);
    const width = await page.page.evaluate(() => document.querySelector("main")!.scrollWidth);
    assert.ok(width <= 400, String(width));
  }));

/** What axe has against a page. */
async function complaints(page: ExplorePage["page"]): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as never as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join()}`);
  });
}

test("the calls of a history stand above one another where they overlapped, and lead to their lines", () =>
  withPage(async (page) => {
    await page.show(NOT_LINEARIZABLE);
    const bars = page.page.locator(".calls .call");
    assert.deepEqual(await bars.allInnerTexts(), [
      "increment() = undefined",
      "increment() = undefined",
      "read() = 1",
    ]);
    const [outer, inner, after] = await bars.evaluateAll((elements) =>
      elements.map((element) => element.getBoundingClientRect().toJSON() as DOMRect),
    );
    assert.ok(outer.left < inner.left && inner.right < outer.right, "one lasts as long as both");
    assert.ok(after.left >= outer.right && after.top > inner.top, "one comes after both");
    const label = await bars.first().getAttribute("aria-label");
    assert.equal(
      label,
      "caller-1: increment() = undefined. Overlapped: caller-2 increment(). counter.ts:8",
    );
    await bars.last().click();
    assert.deepEqual(await page.posted(), [
      { type: "reveal", file: "/work/counter.ts", line: 9, column: 3 },
    ]);
  }));
