/**
 * Checks of linearizability: how many executions and different histories are judged a second, over all scenarios of one check, in
 * the process that explores, once it stands.
 */
import path from "node:path";
import { createCompilerClient } from "../src/compiler/client.ts";
import { ExplorerHost } from "../src/engine/native/explored/host.ts";
import { runnerPath } from "../src/engine/native/runner-path.ts";
import { RIGHT } from "../test/explore/linearizability/structures.ts";
import { median, type Row } from "./row.ts";

const STRUCTURES = ["an atomic counter", "ConcurrentMap", "Treiber's stack"];
const TIMES = 3;

export async function run(): Promise<Row[]> {
  const compiler = createCompilerClient();
  const host = new ExplorerHost({ runnerPath: runnerPath() });
  const rows: Row[] = [];
  for (const name of STRUCTURES) {
    const file = path.resolve("linearizability.ts");
    const text = `// @threadloom\nimport * as std from "threadloom:std";\n${RIGHT[name].text}`;
    const compilation = await compiler.compile(file, { [file]: text }, undefined, "model");
    if (!compilation.ok) throw new Error(`${name} does not compile`);
    const { program } = compilation;
    const rates: { readonly executions: number; readonly histories: number }[] = [];
    for (let time = 0; time < TIMES; time++) {
      const options = { strategy: "auto", seed: 0 } as const;
      const result = await host.explore({ program, options }).ended;
      const { verdict, executions, durationMs, linearizability } = result;
      if (verdict !== "ok") throw new Error(`${name}: ${verdict}`);
      const a = 1000 / durationMs;
      rates.push({ executions: executions * a, histories: linearizability!.histories * a });
    }
    const unit = "executions/s";
    rows.push(
      { name, median: median(rates.map(({ executions }) => executions)), unit },
      {
        ...{ name: `${name}, histories`, unit: "histories/s" },
        median: median(rates.map(({ histories }) => histories)),
      },
    );
  }
  host.dispose();
  await compiler.dispose();
  return rows;
}
