/**
 * The panel in a real browser, with VS Code's part played by the page: its theme's variables, its messages, its state.
 * Used by the tests, the bench and `look.ts`.
 */
import path from "node:path";
import * as esbuild from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { FromView, ToView } from "../../src/protocol/webview.ts";
import { CONTRIBUTED_COLOURS, variableOf } from "../../webview/draw/colours.ts";
import { launchBrowser } from "../vscode/browser.ts";
import { provideBrowser } from "../vscode/setup.ts";
import { THEMES, type ThemeName } from "./themes.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** The bundle of a page as `npm run build` makes it; of the timeline, unless said otherwise. */
export async function bundle(
  entry = "webview/main.ts",
  styles: readonly string[] = ["webview/timeline.css", "webview/report.css"],
): Promise<{ readonly js: string; readonly css: string }> {
  const options = { absWorkingDir: root, bundle: true, write: false, minify: true } as const;
  const [js, css] = await Promise.all([
    esbuild.build({
      ...options,
      entryPoints: [entry],
      platform: "browser",
      target: "es2023",
      format: "iife",
      jsx: "automatic",
      jsxImportSource: "preact",
    }),
    esbuild.build({
      ...options,
      stdin: {
        contents: styles.map((file) => `@import "./${file}";`).join(" "),
        loader: "css",
        resolveDir: root,
      },
    }),
  ]);
  return { js: js.outputFiles[0].text, css: css.outputFiles[0].text };
}

export async function launch(): Promise<Browser> {
  return launchBrowser(await provideBrowser());
}

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Device pixels in a CSS pixel. */
  readonly zoom?: number;
  /** What `getState` answers. */
  readonly kept?: unknown;
  /** Further classes of the body, such as `vscode-using-screen-reader`. */
  readonly classes?: readonly string[];
}

/** A page as VS Code makes one, and the other side of its messages. */
export class PanelPage {
  readonly page: Page;
  /** What the panel logged as an error, and refusals of its content policy. */
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(String(error.stack ?? error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    parts: { js: string; css: string },
    options: PanelOptions = {},
  ): Promise<PanelPage> {
    const { theme = "dark", width = 1280, height = 800, zoom = 1, kept, classes = [] } = options;
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: zoom });
    const made = new PanelPage(page);
    await page.route("http://panel.test/**", (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/webview.js")
        return route.fulfill({ contentType: "text/javascript", body: parts.js });
      if (pathname === "/webview.css")
        return route.fulfill({ contentType: "text/css", body: parts.css });
      return route.fulfill({ contentType: "text/html", body: pageHtml(theme, classes) });
    });
    await page.addInitScript((state) => {
      const posted: unknown[] = [];
      const postedAt: number[] = [];
      new MutationObserver(() => {
        if ("toldAt" in window || !document.querySelector(".story .first")) return;
        Object.assign(window, { toldAt: performance.now() });
      }).observe(document, { childList: true, subtree: true });
      Object.assign(window, {
        posted,
        postedAt,
        keptState: state,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => {
            posted.push(message);
            postedAt.push(performance.now());
          },
          getState: () => (window as never as { keptState: unknown }).keptState,
          setState: (value: unknown) => Object.assign(window, { keptState: value }),
        }),
      });
    }, kept);
    await page.goto("http://panel.test/");
    await page.waitForFunction(() => (window as never as { posted: unknown[] }).posted.length > 0);
    return made;
  }

  async send(message: ToView): Promise<void> {
    await this.page.evaluate((value) => window.postMessage(value), message);
  }

  /** Sends a whole trace, as a run that has ended, and waits for its picture. */
  async showTrace(trace: Uint8Array, title = "transfer.ts"): Promise<void> {
    await this.send({ type: "begin", protocol: 1, run: "r1", title, again: false, strings: {} });
    await this.sendBytes("r1", 0, trace);
    await this.send({ type: "status", run: "r1", phase: "ended", text: "" });
    await this.waitForPosted("painted");
    await this.page.waitForSelector(".story .first");
  }

  /** A large array crosses as base64: the driver's own way takes a JSON number a byte. */
  async sendBytes(run: string, offset: number, bytes: Uint8Array): Promise<void> {
    await this.page.evaluate(
      ({ text, run, offset }) => {
        const characters = atob(text);
        const bytes = new Uint8Array(characters.length);
        for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
        Object.assign(window, { sentAt: performance.now() });
        window.postMessage({ type: "bytes", run, offset, bytes });
      },
      { text: Buffer.from(bytes).toString("base64"), run, offset },
    );
  }

  async posted(): Promise<readonly FromView[]> {
    return this.page.evaluate(() => (window as never as { posted: FromView[] }).posted);
  }

  async waitForPosted(type: FromView["type"]): Promise<void> {
    await this.page.waitForFunction(
      (wanted) =>
        (window as never as { posted: FromView[] }).posted.some((one) => one.type === wanted),
      type,
    );
  }

  async kept(): Promise<unknown> {
    return this.page.evaluate(() => (window as never as { keptState: unknown }).keptState);
  }
}

/** As strict as the extension's own page. */
function pageHtml(theme: ThemeName, classes: readonly string[]): string {
  const { body, variables } = THEMES[theme];
  const contributed = CONTRIBUTED_COLOURS.map((colour) => [variableOf(colour.id), colour[theme]]);
  const css = [...Object.entries(variables), ...contributed].map(
    ([name, value]) => `${name}: ${value};`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>panel</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src http://panel.test 'nonce-n'; style-src http://panel.test 'nonce-n'; font-src data:; img-src data:">
<style nonce="n">:root { ${css.join(" ")} }</style>
<link rel="stylesheet" href="/webview.css"></head>
<body class="${[body, ...classes].join(" ")}"><div id="app"></div><script src="/webview.js"></script></body></html>`;
}
