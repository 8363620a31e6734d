/** The page that tells of exploring, in a real browser, with VS Code's part and the extension's played by the test. */
import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type {
  FromExploration,
  ShownResult,
  ToExploration,
} from "../../src/protocol/explore-view.ts";
import { PanelPage, bundle, type PanelOptions } from "./browser.ts";

export const exploreBundle = () =>
  bundle("webview/explore/main.ts", ["webview/explore/explore.css"]);

type Parts = Awaited<ReturnType<typeof exploreBundle>>;

export class ExplorePage {
  readonly panel: PanelPage;

  private constructor(panel: PanelPage) {
    this.panel = panel;
  }

  /** Opens one, begun, for as long as `act` takes. Nothing may have failed inside it then. */
  static async with(
    browser: Browser,
    parts: Parts,
    options: PanelOptions,
    act: (page: ExplorePage) => Promise<unknown>,
  ): Promise<void> {
    const panel = await PanelPage.open(browser, parts, options);
    const made = new ExplorePage(panel);
    try {
      const program = "file:///work/counter.ts";
      await made.send({ type: "begin", protocol: 1, program, title: "counter.ts", strings: {} });
      await act(made);
      assert.deepEqual(panel.errors, [], "nothing failed inside the page");
    } finally {
      await panel.page.close();
    }
  }

  get page() {
    return this.panel.page;
  }

  send(message: ToExploration): Promise<void> {
    return this.panel.send(message as never);
  }

  async show(result: ShownResult, edited = false): Promise<void> {
    await this.send({ type: "result", result, edited });
    await this.page.waitForSelector(".story .first");
  }

  /** What the page said after it was ready. */
  async posted(): Promise<readonly FromExploration[]> {
    const all = (await this.panel.posted()) as readonly unknown[] as readonly FromExploration[];
    return all.filter(({ type }) => type !== "ready");
  }

  story(): Promise<string> {
    return this.page.innerText(".story p");
  }
}
