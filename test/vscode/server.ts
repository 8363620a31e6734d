// Starts VS Code's server in a home of its own, with nothing but the given extensions installed, and takes
// everything down again: the process group, so that extension hosts and runners go too, and the folder.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.showReleaseNotes": false,
  "git.openRepositoryInParentFolders": "never",
  "window.commandCenter": false,
};

/** An unpackaged extension's folder, or a packaged extension. */
export type Extension = { readonly folder: string } | { readonly vsix: string };

export interface ServerOptions {
  /** The script that starts the server; see setup.ts. */
  readonly serverEntry: string;
  readonly extensions: readonly Extension[];
  /** A folder to open a copy of, the files to write into a new one, or a folder to open as it is. */
  readonly workspace: string | Readonly<Record<string, string>> | { readonly inPlace: string };
  /**
   * `off`: every folder is trusted. `restricted`: nobody has been asked and nothing is trusted.
   * `prompt`: VS Code asks on opening.
   */
  readonly trust: "off" | "restricted" | "prompt";
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether the companion of the tests is installed too; see companion.ts. */
  readonly companion?: boolean;
}

/** The folder and the processes of one server: taken down when it is closed, or when we exit before that. */
class Belongings {
  readonly home: string;
  process: ChildProcess | undefined;
  readonly #release = () => this.release();
  #released = false;

  constructor() {
    // The real path: VS Code shows it, and a test compares it.
    this.home = realpathSync(mkdtempSync(path.join(tmpdir(), "threadloom-code-")));
    process.once("exit", this.#release);
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    process.off("exit", this.#release);
    if (this.process?.pid) killGroup(this.process.pid);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function killGroup(leader: number) {
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    // ESRCH: it has ended by itself, which is what we want.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export class Server implements Disposable {
  /** Where the workbench is; `?folder=` is the workspace. */
  readonly url: string;
  readonly workspace: string;
  readonly #belongings: Belongings;
  readonly #output: () => string;

  private constructor(
    url: string,
    workspace: string,
    belongings: Belongings,
    output: () => string,
  ) {
    this.url = url;
    this.workspace = workspace;
    this.#belongings = belongings;
    this.#output = output;
  }

  /** Where the companion in the extension host listens. */
  get companionAddress(): string {
    return companionAddress(this.#belongings.home);
  }

  /** What the server has printed. */
  output(): string {
    return this.#output();
  }

  static async start(options: ServerOptions): Promise<Server> {
    const belongings = new Belongings();
    try {
      return await Server.#startIn(belongings, options);
    } catch (error) {
      belongings.release();
      throw error;
    }
  }

  static async #startIn(belongings: Belongings, options: ServerOptions): Promise<Server> {
    const { home } = belongings;
    const extensions = path.join(home, "extensions");
    mkdirSync(extensions);
    mkdirSync(path.join(home, "user/User"), { recursive: true });
    const settings = {
      ...QUIET_SETTINGS,
      "security.workspace.trust.enabled": options.trust !== "off",
      "security.workspace.trust.startupPrompt": options.trust === "prompt" ? "always" : "never",
      "security.workspace.trust.banner": "never",
      ...options.settings,
    };
    writeFileSync(path.join(home, "user/User/settings.json"), JSON.stringify(settings, null, 2));
    const workspace = layOutWorkspace(home, options.workspace);

    const common = ["--user-data-dir", path.join(home, "user"), "--extensions-dir", extensions];
    common.push("--config", path.join(home, "config.yaml"));
    const env = {
      ...Object.fromEntries(
        Object.entries(process.env).filter(
          ([name]) => !/^(VSCODE_|ELECTRON_|NODE_|npm_|PORT$|INIT_CWD$)/.test(name),
        ),
      ),
      XDG_DATA_HOME: home,
      THREADLOOM_TEST_SOCKET: companionAddress(home),
    };
    for (const extension of options.extensions) {
      if (!("vsix" in extension)) continue;
      const install = [options.serverEntry, "--install-extension", path.resolve(extension.vsix)];
      execFileSync(process.execPath, [...install, ...common], { env, stdio: "pipe" });
    }
    for (const extension of options.extensions) {
      if ("folder" in extension) linkExtension(extensions, extension.folder);
    }
    if (options.companion) writeCompanion(home, extensions);

    const child = spawn(
      process.execPath,
      [
        options.serverEntry,
        ...["--bind-addr", "127.0.0.1:0", "--auth", "none"],
        ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
        ...(options.trust === "off" ? ["--disable-workspace-trust"] : []),
        ...common,
      ],
      // A process group of its own, so that closing takes the extension hosts along.
      { env, stdio: ["ignore", "pipe", "pipe"], detached: true },
    );
    belongings.process = child;
    let output = "";
    const address = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk.toString();
        const match = /listening on (http:\/\/\S+)/.exec(output);
        if (match) resolve(match[1]);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("error", reject);
      child.once("exit", (status) =>
        reject(new Error(`the VS Code server ended with ${status}\n${output}`)),
      );
    });
    const url = `${address}?folder=${encodeURIComponent(workspace)}`;
    return new Server(url, workspace, belongings, () => output);
  }

  close(): void {
    this.#belongings.release();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

// An exit handler does not run when a signal ends the process: make it an ordinary exit.
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.once(signal, () => process.exit(status));
}

function layOutWorkspace(home: string, workspace: ServerOptions["workspace"]): string {
  if (typeof workspace === "object" && "inPlace" in workspace) {
    return path.resolve(workspace.inPlace);
  }
  if (typeof workspace === "string") {
    const copy = path.join(home, path.basename(path.resolve(workspace)));
    cpSync(workspace, copy, { recursive: true });
    return copy;
  }
  const folder = path.join(home, "workspace");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(workspace)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/**
 * A linked folder counts as installed where there is no list of what is installed yet; where installing a
 * package has written one, VS Code removes what is not on it.
 */
function linkExtension(extensions: string, folder: string) {
  const { publisher, name, version } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  ) as Record<string, string>;
  const relativeLocation = `${publisher}.${name}-${version}`;
  const link = path.join(extensions, relativeLocation);
  symlinkSync(path.resolve(folder), link, "junction");
  const list = path.join(extensions, "extensions.json");
  if (!existsSync(list)) return;
  const installed = JSON.parse(readFileSync(list, "utf8")) as unknown[];
  const identifier = { id: `${publisher}.${name}` };
  installed.push({ identifier, version, relativeLocation, location: pathToFileURL(link).href });
  writeFileSync(list, JSON.stringify(installed));
}

function companionAddress(home: string) {
  const pipe = `\\\\.\\pipe\\${path.basename(home)}`;
  return process.platform === "win32" ? pipe : path.join(home, "companion.sock");
}

function writeCompanion(home: string, extensions: string) {
  const folder = path.join(home, "companion");
  mkdirSync(folder);
  cpSync(path.join(import.meta.dirname, "stand-ins/companion.cjs"), path.join(folder, "main.cjs"));
  const manifest = {
    publisher: "threadloom",
    name: "companion",
    version: "0.0.0",
    engines: { vscode: "^1.101.0" },
    main: "./main.cjs",
    activationEvents: ["*"],
    capabilities: { untrustedWorkspaces: { supported: true } },
    extensionKind: ["workspace"],
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  linkExtension(extensions, folder);
}
