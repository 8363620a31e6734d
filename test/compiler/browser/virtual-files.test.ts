import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, pathOf } from "../../../src/compiler/browser/places.ts";
import {
  type Fetched,
  type FolderListing,
  VirtualFiles,
  type Wanted,
} from "../../../src/compiler/browser/virtual-files.ts";

const DISK: Readonly<Record<string, string>> = {
  "/p/a.ts": "a",
  "/p/lib/b.ts": "b",
  "/p/node_modules/c/index.js": "c",
  "/secret.ts": "s",
};

/** What a host would answer. */
function fetch({ folders, files }: Wanted): Fetched {
  return {
    folders: folders.map((folder) => [folder, listing(folder)]),
    files: files.map((file) => [file, DISK[file]]),
  };
}

function listing(folder: string): FolderListing | undefined {
  const below = Object.keys(DISK).filter((file) => file.startsWith(`${folder}/`));
  if (below.length === 0) return undefined;
  const names = below.map((file) => file.slice(folder.length + 1));
  const kinds = names.map((name) => (name.includes("/") ? "folder" : "file"));
  return names.map((name, index) => [name.split("/")[0], kinds[index]] as const);
}

/** Asks until nothing is wanted; answers the last answer, and all that was fetched. */
function settle<T>(files: VirtualFiles, ask: () => T) {
  const wants: Wanted[] = [];
  for (;;) {
    const answer = ask();
    const wanted = files.takeWanted();
    if (!wanted) return { answer, wants };
    wants.push(wanted);
    files.add(fetch(wanted));
  }
}

test("a file is there once its folder is listed and its text is read", () => {
  const files = new VirtualFiles();
  files.begin("/p");
  const { answer, wants } = settle(files, () => files.readFile("/p/lib/b.ts"));
  assert.equal(answer, "b");
  assert.deepEqual(wants, [
    { folders: ["/p"], files: [] },
    { folders: ["/p/lib"], files: [] },
    { folders: [], files: ["/p/lib/b.ts"] },
  ]);
  assert.equal(files.fileExists("/p/lib/b.ts"), true);
  assert.equal(files.directoryExists("/p/lib"), true);
  assert.deepEqual(files.getDirectories("/p"), ["lib"]);
});

test("what is in a folder that is not there costs no request of its own", () => {
  const files = new VirtualFiles();
  files.begin("/p");
  settle(files, () => files.fileExists("/p/a.ts"));
  const { answer, wants } = settle(files, () =>
    ["/p/types/x.d.ts", "/p/types/deep/y.d.ts", "/p/none.ts"].some((one) => files.fileExists(one)),
  );
  assert.equal(answer, false);
  assert.deepEqual(wants, []);
});

test("packages and what lies outside of the root are never asked for", () => {
  const files = new VirtualFiles();
  files.begin("/p");
  const { answer, wants } = settle(files, () => [
    files.fileExists("/p/node_modules/c/index.js"),
    files.fileExists("/secret.ts"),
    files.fileExists("/pp/a.ts"),
  ]);
  assert.deepEqual(answer, [false, false, false]);
  assert.deepEqual(
    wants.flatMap(({ folders }) => folders),
    ["/p"],
  );
  files.begin(undefined);
  assert.equal(files.fileExists("/p/a.ts"), false);
  assert.equal(files.takeWanted(), undefined);
});

test("a version changes with the text and with nothing else", () => {
  const files = new VirtualFiles();
  const versionOf = (text: string) => {
    files.begin("/p");
    files.add({ folders: [["/p", [["a.ts", "file"]]]], files: [["/p/a.ts", text]] });
    return files.version("/p/a.ts");
  };
  const first = versionOf("a");
  assert.equal(versionOf("a"), first);
  assert.notEqual(versionOf("b"), first);
  files.begin("/p");
  files.add({ folders: [["/p", [["a.ts", "file"]]]], files: [["/p/a.ts", undefined]] });
  assert.equal(files.version("/p/a.ts"), undefined, "a file that cannot be read is not there");
});

test("documents have places among paths, and are called by their names again", () => {
  for (const [name, path] of [
    ["vscode-vfs://github/owner/repo/src/a b.ts", "/vscode-vfs^github/owner/repo/src/a b.ts"],
    ["vscode-remote://127.0.0.1:80/home/x.ts", "/vscode-remote^127.0.0.1:80/home/x.ts"],
    ["memfs:/project/a.ts", "/memfs^/project/a.ts"],
  ] as const) {
    assert.equal(pathOf(name), path);
    assert.equal(nameOf(path), name);
  }
  assert.equal(pathOf("untitled:Untitled-1"), undefined);
  assert.equal(pathOf("threadloom:warming"), undefined);
  assert.equal(nameOf("/home/x.ts"), undefined);
});
