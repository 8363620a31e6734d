// `npm run bench`: measures, prints a table, writes bench/results.json.
//   npm run bench                       every benchmark
//   npm run bench -- native trace       those named
// Figures never fail the run: they drift from machine to machine, which is why each is printed beside its peer.
import { globSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Benchmark, Row } from "./row.ts";

const folder = import.meta.dirname;

/** Every benchmark's name and file: what exports `run`. */
function files(): Map<string, string> {
  const own = ["run.ts", "row.ts"];
  const found = globSync("*.ts", { cwd: folder }).filter((file) => !own.includes(file));
  return new Map(
    found.toSorted().map((file) => [path.basename(file, ".ts"), path.join(folder, file)]),
  );
}

const known = files();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.has(name));
if (unknown.length > 0) {
  console.error(
    `No benchmark is called ${unknown.join(", ")}. There are: ${[...known.keys()].join(", ")}`,
  );
  process.exit(2);
}

const results: Record<string, Row[] | { readonly failed: string }> = {};
for (const name of wanted.length > 0 ? wanted : known.keys()) {
  process.stderr.write(`bench: ${name} …\n`);
  try {
    const module = (await import(pathToFileURL(known.get(name)!).href)) as Partial<Benchmark>;
    if (module.run === undefined) continue;
    const rows = await module.run();
    results[name] = rows;
    printTable(name, rows);
  } catch (error) {
    // The other figures are worth having all the same; the failure is in the table and in the exit status.
    results[name] = { failed: String(error) };
    console.error(error);
    process.exitCode = 1;
  }
}
writeFileSync(
  path.join(folder, "results.json"),
  `${JSON.stringify(
    {
      node: process.version,
      processor: cpus()[0]?.model,
      parallelism: availableParallelism(),
      platform: `${process.platform} ${process.arch}`,
      date: new Date().toISOString(),
      results,
    },
    undefined,
    2,
  )}\n`,
);

function printTable(name: string, rows: readonly Row[]): void {
  const head = [name, "median", "against", "its median", "ratio", "goal"];
  const cells = rows.map((row) => [
    row.name,
    figure(row.median, row.unit),
    row.peer ?? "",
    row.peerMedian === undefined ? "" : figure(row.peerMedian, row.unit),
    row.ratio === undefined ? "" : `${row.ratio.toPrecision(3)} ×`,
    row.goal ?? "",
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column].length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 1 || column === 3 || column === 4
          ? cell.padStart(widths[column])
          : cell.padEnd(widths[column]),
      )
      .join("  ")
      .trimEnd();
  console.log(`\n${line(head)}`);
  console.log(widths.map((width) => "─".repeat(width)).join("  "));
  for (const row of cells) console.log(line(row));
}

function figure(value: number, unit: Row["unit"]): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
