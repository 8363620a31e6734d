// Drives a real VS Code in a real browser, with Threadloom in it.
//
//   await using code = await Code.start({ workspace: { "a.ts": "// @threadloom\n" } });
//   await code.openFile("a.ts");
//   await code.runCommand("Threadloom: Trace");
//   const frame = await code.webviewFrame("canvas");
//
// Starting takes about 5 s and two cores: start one per test file, for many checks.
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Frame, Locator, Page } from "playwright-core";
import type * as vscode from "vscode";
import { launchBrowser } from "./browser.ts";
import { askHost } from "./companion.ts";
import { packagedExtension, unpackagedExtension, webExtension } from "./extension-under-test.ts";
import { Server, type Extension, type ServerOptions } from "./server.ts";
import { setUpVSCode } from "./setup.ts";
import { bundleSuite } from "./suite.ts";

export type Theme = "light" | "dark" | "high contrast light" | "high contrast dark";

const THEMES: Record<Theme, string> = {
  light: "Light Modern",
  dark: "Dark Modern",
  "high contrast light": "Default High Contrast Light",
  "high contrast dark": "Default High Contrast",
};

const THEME_CLASSES: Record<Theme, string> = {
  light: "vs",
  dark: "vs-dark",
  "high contrast light": "hc-light",
  "high contrast dark": "hc-black",
};

type Which = "linked" | "packaged" | "web" | "none";

export interface CodeOptions {
  /** A folder to open a copy of, or files to write into a new one (path → text). */
  readonly workspace: string | Readonly<Record<string, string>>;
  /**
   * `linked` (the default): dist/ as it was last built. `packaged`: the .vsix, as a person installs it.
   * `web`: dist/ in the host that is a worker of the browser. `none`: VS Code alone.
   */
  readonly extension?: Which;
  /** Further extensions, such as a companion of the test. */
  readonly extensions?: readonly Extension[];
  /** The default, `off`, trusts every folder; see ServerOptions. */
  readonly trust?: ServerOptions["trust"];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: boolean;
}

const SECONDS = 1000;

export class Code implements AsyncDisposable {
  readonly page: Page;
  /** The opened folder: a copy that goes when VS Code is closed. */
  readonly workspace: string;
  /** The text of every notification that has been shown. */
  readonly notifications: string[] = [];
  /** The lines of the browser's console, which holds those of the extension hosts too. */
  readonly consoleLines: string[] = [];
  readonly #browser: Browser;
  readonly #server: Server;

  private constructor(browser: Browser, page: Page, server: Server) {
    this.#browser = browser;
    this.#server = server;
    this.page = page;
    this.workspace = server.workspace;
  }

  static async start(options: CodeOptions): Promise<Code> {
    const { serverEntry, browser: installed } = await setUpVSCode();
    const server = await Server.start({
      serverEntry,
      workspace: options.workspace,
      extensions: [
        ...(await extensionsFor(options.extension ?? "linked")),
        ...(options.extensions ?? []),
      ],
      trust: options.trust ?? "off",
      settings: {
        "workbench.colorTheme": THEMES[options.theme ?? "dark"],
        ...options.settings,
      },
      companion: true,
    });
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser(installed);
      const context = await browser.newContext({
        viewport: options.size ?? { width: 1280, height: 800 },
        reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
      });
      const code = new Code(browser, await context.newPage(), server);
      await code.#open();
      return code;
    } catch (error) {
      await browser?.close();
      server.close();
      throw error;
    }
  }

  async #open() {
    this.page.on("console", (message) => this.consoleLines.push(message.text()));
    await this.page.exposeBinding("threadloomNotified", (_source, text: string) => {
      this.notifications.push(text);
    });
    await this.page.addInitScript(watchNotifications);
    await this.page.goto(this.#server.url);
    await this.#ready();
  }

  async #ready() {
    const wait = { timeout: 60 * SECONDS };
    await this.page.locator(".monaco-workbench .part.editor").waitFor(wait);
    await this.page.locator(".statusbar .remote-kind, #status\\.host").first().waitFor(wait);
  }

  /**
   * Reloads the window: the extension host restarts and takes up what has been built since. By VS Code's own
   * command, which writes down the open editors first; loading the page anew would lose the latest.
   */
  async reload(): Promise<void> {
    const reload = this.inHost((api) => {
      // Answered first: the command ends the extension host.
      setTimeout(() => void api.commands.executeCommand("workbench.action.reloadWindow"), 20);
    }, null);
    await Promise.all([this.page.waitForEvent("load", { timeout: 60 * SECONDS }), reload]);
    await this.#ready();
  }

  /** Opens another folder in this window, by its URI: of a virtual file system, too. */
  async openFolder(uri: string): Promise<void> {
    const open = this.inHost((api, folder) => {
      // Answered first: the command ends the extension host.
      const replace = { forceReuseWindow: true };
      const to = api.Uri.parse(folder);
      setTimeout(() => void api.commands.executeCommand("vscode.openFolder", to, replace), 20);
    }, uri);
    await Promise.all([this.page.waitForEvent("load", { timeout: 60 * SECONDS }), open]);
    await this.#ready();
    await this.until(`the folder ${uri}`, () =>
      this.inHost((api) => api.workspace.workspaceFolders?.[0]?.uri.toString(), null).then(
        (shown) => shown === uri,
      ),
    );
  }

  /** Waits until `probe` gives something, and gives that; its own failures count as nothing yet. */
  async until<T>(
    what: string,
    probe: () => T | Promise<T>,
    timeout = 20 * SECONDS,
  ): Promise<NonNullable<T>> {
    let last: unknown;
    for (const end = Date.now() + timeout; Date.now() < end; await this.page.waitForTimeout(50)) {
      try {
        const value = await probe();
        if (value) return value;
      } catch (error) {
        last = error; // a page in motion: said below if it never settles
      }
    }
    const picture = await this.screenshot("timed-out");
    throw new Error(
      `timed out waiting for ${what}; see ${picture}\n${this.#server.output().slice(-2000)}`,
      { cause: last },
    );
  }

  /**
   * Opens a quick input by `key`, types `text`, and takes the first row, or the row labelled exactly `label`.
   * An open list does not take up what is contributed later, so it is opened again until the row is there.
   */
  async pick(key: string, text: string, label?: string, timeout = 20 * SECONDS): Promise<void> {
    const input = this.page.locator(".quick-input-widget");
    const rows = input.locator(".monaco-list-row");
    const labelled = label && rows.filter({ has: this.page.getByText(label, { exact: true }) });
    const row = (labelled || rows).first();
    for (const end = Date.now() + timeout; ;) {
      await this.page.keyboard.press(key);
      await input.waitFor();
      try {
        // What takes the focus just then closes it.
        await input.locator("input[type=text]").first().fill(text, { timeout: 3000 });
        return await row.click({ timeout: 1500 });
      } catch (cause) {
        const shown = await rows.allInnerTexts();
        await this.page.keyboard.press("Escape");
        if (Date.now() > end) {
          const list = shown.map((one) => one.split("\n")[0]).join(", ");
          const picture = await this.screenshot("no-such-row");
          throw new Error(`no row "${label ?? text}", but ${list}; see ${picture}`, { cause });
        }
      }
    }
  }

  /** Runs a command by the title that the palette shows, such as `Threadloom: Trace`. */
  async runCommand(title: string): Promise<void> {
    await this.pick("F1", `>${title}`, title);
  }

  /** Whether the palette offers a command now: what a `when` clause says. */
  async offersCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget");
    await input.locator("input[type=text]").first().fill(`>${title}`);
    const row = input.locator(".monaco-list-row").first();
    await row.waitFor();
    const offered = await input.getByText(title, { exact: true }).count();
    await this.page.keyboard.press("Escape");
    return offered > 0;
  }

  /** Chooses in a quick pick that is open already. */
  async choose(label: string): Promise<void> {
    const rows = this.page.locator(".quick-input-widget .monaco-list-row");
    await rows
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click();
  }

  /**
   * Opens a file of the workspace by its path, in the editor that VS Code has for it, on the left: beside it, whichever
   * column has the focus, stay the timelines. What was asked for before it may still bring something else to the front,
   * as it would under a person's hands: then it is opened again.
   */
  async openFile(relative: string): Promise<void> {
    const open = (): Promise<string> =>
      this.inHost(async (api, file) => {
        const uri = api.Uri.joinPath(api.workspace.workspaceFolders![0].uri, file);
        await api.commands.executeCommand("vscode.open", uri, { viewColumn: api.ViewColumn.One });
        return uri.toString();
      }, relative);
    const isShown = (uri: string): Promise<boolean> =>
      this.inHost((api, uri) => {
        const input = api.window.tabGroups.activeTabGroup.activeTab?.input;
        const shown = (input as { uri?: vscode.Uri } | undefined)?.uri?.toString() === uri;
        if (!shown || !(input instanceof api.TabInputText)) return shown;
        return api.window.activeTextEditor?.document.uri.toString() === uri;
      }, uri);
    await this.until(`${relative} to be the active editor`, async () => {
      const uri = await open();
      // The command is done before the host has heard of the new active editor.
      for (const end = Date.now() + 3 * SECONDS; Date.now() < end;) {
        if (await isShown(uri)) return true;
        await this.page.waitForTimeout(50);
      }
      return false;
    });
    const tab = this.page.locator(".tab.active", { hasText: path.basename(relative) });
    await tab.first().waitFor();
  }

  /** Puts the cursor of the active text editor there; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    // The host hears of a new active editor a little after it is there.
    const goTo = (): Promise<boolean> =>
      this.inHost(
        (api, at) => {
          const editor = api.window.activeTextEditor;
          if (editor === undefined) return false;
          const position = new api.Position(at.line - 1, at.column - 1);
          editor.selection = new api.Selection(position, position);
          editor.revealRange(editor.selection, api.TextEditorRevealType.InCenterIfOutsideViewport);
          return true;
        },
        { line, column },
      );
    await this.until("a text editor to be active", goTo);
  }

  /** The document inside a webview or custom editor, once it shows `selector`. */
  async webviewFrame(selector = "body > *", timeout = 20 * SECONDS): Promise<Frame> {
    const frames = () => this.page.frames().filter((frame) => frame !== this.page.mainFrame());
    return this.until(
      `a webview with ${selector}`,
      async () => {
        for (const frame of frames()) {
          // A frame may go away while it is asked: then it is not the one.
          const visible = await frame
            .locator(selector)
            .first()
            .isVisible()
            .catch(() => false);
          if (visible) return frame;
        }
        return undefined;
      },
      timeout,
    );
  }

  /** Waits for a notification that is on the screen. */
  async notification(text: string | RegExp, timeout = 20 * SECONDS): Promise<Locator> {
    const toast = this.page.locator(".notifications-toasts .notification-list-item", {
      hasText: text,
    });
    await toast.first().waitFor({ timeout });
    return toast.first();
  }

  /** Waits for a notification that has been shown since the start, even if it has gone again. */
  async notified(text: string | RegExp, timeout = 20 * SECONDS): Promise<string> {
    const wanted = (one: string) =>
      typeof text === "string" ? one.includes(text) : text.test(one);
    return this.until(`the notification ${text}`, () => this.notifications.find(wanted), timeout);
  }

  /**
   * Calls a function inside the extension host, with the `vscode` module and `argument`, and gives its result.
   * Only its text goes there: it can use nothing from around it, and argument and result must be JSON.
   */
  async inHost<A, R>(
    call: (api: typeof vscode, argument: A) => R | Thenable<R>,
    argument: A,
    timeout = 30 * SECONDS,
  ): Promise<R> {
    const request = { source: call.toString(), argument };
    return (await askHost(this.#server.companionAddress, request, timeout)) as R;
  }

  /** Calls `run()` of a TypeScript module inside the extension host, and fails as it does. */
  async runSuite(suite: string, timeout = 120 * SECONDS): Promise<void> {
    const request = { suite: await bundleSuite(suite) };
    await askHost(this.#server.companionAddress, request, timeout);
  }

  /** Changes settings of the person; `null` takes one away. */
  async setSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.inHost(async (api, changes) => {
      for (const [name, value] of Object.entries(changes)) {
        const target = api.ConfigurationTarget.Global;
        await api.workspace.getConfiguration().update(name, value ?? undefined, target);
      }
    }, settings);
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.setSettings({ "workbench.colorTheme": THEMES[theme] });
    await this.page.locator(`.monaco-workbench.${THEME_CLASSES[theme]}`).waitFor();
  }

  /** Saves a picture of the window, or of a part, as out/screenshots/NAME.png, and gives the file. */
  async screenshot(name: string, part: Page | Locator = this.page): Promise<string> {
    const file = path.resolve(import.meta.dirname, `../../out/screenshots/${name}.png`);
    mkdirSync(path.dirname(file), { recursive: true });
    await part.screenshot({ path: file });
    return file;
  }

  /** What the server has printed. */
  serverOutput(): string {
    return this.#server.output();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function extensionsFor(which: Which): Promise<Extension[]> {
  switch (which) {
    case "none":
      return [];
    case "linked":
      return [unpackagedExtension()];
    case "packaged":
      return [await packagedExtension()];
    case "web":
      return [webExtension()];
  }
}

/** Runs in the page: tells of every notification once, with its whole text. */
function watchNotifications() {
  if (window !== window.top) return;
  const seen = new WeakSet<Element>();
  const { threadloomNotified: tell } = window as unknown as {
    threadloomNotified: (text: string) => void;
  };
  new MutationObserver(() => {
    for (const item of document.querySelectorAll(".notification-list-item-message")) {
      const text = item.textContent;
      if (!text || seen.has(item)) continue;
      seen.add(item);
      tell(text);
    }
  }).observe(document, { childList: true, subtree: true });
}
