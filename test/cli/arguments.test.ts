import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommandLine } from "../../src/cli/arguments.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { commandHelp, generalHelp } from "../../src/cli/help.ts";

/** The request that a command line asks for. */
function asked(line: string) {
  return parseCommandLine(line.split(" ").filter((word) => word !== ""));
}

/** The code and the sentence with which a command line is refused. */
function refusal(line: string): string {
  const request = asked(line);
  assert.equal(request.kind, "refused", line);
  return `${request.complaint.code} ${request.complaint.message}`;
}

test("a file alone is traced", () => {
  assert.deepEqual(asked("trace a.ts"), { kind: "trace", file: "a.ts", json: false, argv: [] });
});

test("every option of trace is taken, in either spelling and in any order", () => {
  const expected = {
    kind: "trace",
    file: "a.ts",
    json: true,
    engine: "native",
    output: "a.tltrace",
    html: "a.html",
    timeLimitSeconds: 2.5,
    memoryLimitMegabytes: 512,
    argv: [],
  };
  assert.deepEqual(
    asked(
      "trace a.ts --engine native -o a.tltrace --html a.html --json --time-limit 2.5 --memory-limit 512",
    ),
    expected,
  );
  assert.deepEqual(
    asked(
      "trace --json --html=a.html --output=a.tltrace --engine=native --time-limit=2.5 --memory-limit=512 a.ts",
    ),
    expected,
  );
});

test("an execution model that is asked for is the model engine's to play", () => {
  const request = asked("trace a.ts --model green --cores 2 --quantum 20");
  assert.deepEqual(request, {
    kind: "trace",
    file: "a.ts",
    engine: "model",
    model: { model: "green", cores: 2, quantum: 20 },
    json: false,
    argv: [],
  });
  assert.deepEqual(asked("trace a.ts --cores 3 --engine model"), {
    kind: "trace",
    file: "a.ts",
    engine: "model",
    model: { cores: 3 },
    json: false,
    argv: [],
  });
});

test("cores and quantums that make no sense are refused, and so is a model on real threads", () => {
  const table: readonly (readonly [words: string, code: RegExp])[] = [
    ["--model fair", /^TL5006 .*fair/],
    ["--cores 0", /^TL5006 /],
    ["--cores 257", /^TL5006 /],
    ["--cores 1.5", /^TL5006 /],
    ["--quantum ten", /^TL5006 /],
    ["--quantum -1", /^TL500[56] /],
    ["--engine native --cores 2", /^TL5016 `--cores`/],
    ["--engine native --model parallel --quantum 5", /^TL5016 `--model`, `--quantum`/],
  ];
  for (const [words, expected] of table) assert.match(refusal(`trace a.ts ${words}`), expected);
});

test("what stands behind -- goes to the program", () => {
  assert.deepEqual(asked("trace a.ts --json -- --json -o x"), {
    kind: "trace",
    file: "a.ts",
    json: true,
    argv: ["--json", "-o", "x"],
  });
});

test("export wants a trace and a format", () => {
  assert.deepEqual(asked("export a.tltrace --format chrome -o a.json"), {
    kind: "export",
    file: "a.tltrace",
    format: "chrome",
    output: "a.json",
  });
  assert.match(refusal("export a.tltrace"), /^TL5003 .*`--format`/);
  assert.match(refusal("export --format chrome"), /^TL5003 .*the \.tltrace file/);
});

test("help is given wherever it is asked for", () => {
  for (const line of ["", "--help", "-h", "help"]) assert.deepEqual(asked(line), { kind: "help" });
  for (const line of ["trace --help", "trace -h", "trace a.ts --json -h", "help trace"]) {
    assert.deepEqual(asked(line), { kind: "help", command: COMMANDS[0] });
  }
});

for (const [line, complaint] of [
  ["tarce a.ts", /^TL5001 .*`tarce`/],
  ["trace", /^TL5003 .*the program to run/],
  ["trace a.ts b.ts", /^TL5004 .*`b\.ts`/],
  ["trace a.ts --jsno", /^TL5002 .*`--jsno`/],
  ["trace a.ts -x", /^TL5002 .*`-x`/],
  ["trace a.ts --json=yes", /^TL5002 .*`--json`/],
  ["trace a.ts -o", /^TL5005 .*`-o`/],
  ["trace a.ts --html=", /^TL5005 .*`--html`/],
  ["trace a.ts --engine quantum", /^TL5006 .*`quantum`/],
  ["trace a.ts --time-limit soon", /^TL5006 .*`soon`/],
  ["trace a.ts --time-limit 0", /^TL5006 /],
  ["trace a.ts --memory-limit -1", /^TL500[56] /],
  ["export a.tltrace --format perfetto", /^TL5006 .*`perfetto`/],
  ["explain", /^TL5003 /],
  ["explain TL2003 TL2004", /^TL5004 /],
] as const) {
  test(`refused, with a reason: threadloom ${line}`, () => {
    assert.match(refusal(line), complaint);
  });
}

test("a refusal is JSON where JSON was asked for", () => {
  const request = asked("trace --json");
  assert.ok(request.kind === "refused" && request.json);
});

test("help names every command and every option, and keeps to the width", () => {
  for (const command of COMMANDS) {
    assert.match(generalHelp(80), new RegExp(`^ {2}${command.name} `, "m"));
    const help = commandHelp(command, 80);
    for (const option of command.options) assert.match(help, new RegExp(`--${option.name}\\b`));
    for (const line of help.split("\n")) assert.ok(line.length <= 80, line);
  }
});
