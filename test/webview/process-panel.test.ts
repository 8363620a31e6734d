/** Processes on the panel in a real browser: folded and unfolded by the keyboard, in every theme without a complaint. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { PanelPage, bundle, launch } from "./browser.ts";
import { processTrace } from "./process-trace.ts";
import type { ThemeName } from "./themes.ts";

let browser: Browser;
let parts: { readonly js: string; readonly css: string };

before(async () => {
  [browser, parts] = await Promise.all([launch(), bundle()]);
});
after(() => browser.close());

async function withProcesses(
  theme: ThemeName,
  act: (panel: PanelPage) => Promise<void>,
): Promise<void> {
  const panel = await PanelPage.open(browser, parts, { theme });
  try {
    await panel.showTrace(processTrace());
    await act(panel);
    assert.deepEqual(panel.errors, []);
  } finally {
    await panel.page.close();
  }
}

test("a process's heading is a button that folds its lanes away by the keyboard, and says how it ended", async () => {
  await withProcesses("dark", async ({ page }) => {
    const heading = page.getByRole("button", { name: /Process adder \(4001\).*exit code 3/ });
    const lane = page.locator(".name .called", { hasText: /^worker-1$/ });
    assert.equal(await lane.count(), 1);
    await heading.focus();
    await page.keyboard.press("Enter");
    assert.equal(await heading.getAttribute("aria-expanded"), "false");
    await lane.waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await lane.waitFor({ state: "attached" });
    assert.equal(await heading.getAttribute("aria-expanded"), "true");
  });
});

for (const theme of ["dark", "light", "hcDark", "hcLight"] as const) {
  test(`axe finds nothing to complain about in processes, ${theme}`, async () => {
    await withProcesses(theme, async ({ page }) => {
      await page.evaluate(axe.source);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as never as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const result = await axe.run();
        return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
      });
      assert.deepEqual(violations, []);
    });
  });
}
