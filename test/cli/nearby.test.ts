import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { diagnosticsNearby, findingsNearby } from "../../src/cli/nearby.ts";
import { nearby } from "../../src/explore/node/nearby.ts";

const folder = path.resolve("/home/ada/programs");
const inside = path.join(folder, "bank", "transfer.ts");
const short = path.join("bank", "transfer.ts");
const outside = path.resolve("/home/bob/transfer.ts");

test("a file below the folder is named from there, any other as it is", () => {
  assert.equal(nearby(inside, folder), short);
  assert.equal(nearby(outside, folder), outside);
  assert.equal(nearby(path.join(folder, "..hidden.ts"), folder), "..hidden.ts");
  assert.equal(nearby("untitled:1", folder), "untitled:1");
});

test("findings and diagnostics are told so in all their places", () => {
  const at = { file: inside, line: 1, column: 1 };
  const [finding] = findingsNearby(
    [
      {
        ...{ kind: "deadlock", code: "", severity: "error", message: "", sites: [at] },
        chain: [{ text: "one", site: at }, { text: "two" }],
      },
    ],
    folder,
  );
  assert.deepEqual(
    [...finding.sites, ...(finding.chain ?? []).map(({ site }) => site)].map((one) => one?.file),
    [short, short, undefined],
  );
  const [diagnostic] = diagnosticsNearby(
    [
      {
        ...{
          code: "",
          severity: "error",
          message: "",
          ...at,
          endLine: 1,
          endColumn: 1,
          stops: true,
        },
        related: [{ ...at, message: "" }],
      },
    ],
    folder,
  );
  assert.deepEqual([diagnostic.file, diagnostic.related?.[0].file], [short, short]);
});
