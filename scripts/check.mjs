// `npm run check`: everything that is quick. Each step is also an npm script of its own.
import { spawnSync } from "node:child_process";

const STEPS = ["format:check", "lint", "types", "layers", "test:unit"];

for (const step of STEPS) {
  const started = performance.now();
  const { status } = spawnSync("npm", ["run", "--silent", step], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const took = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`check: ${step} ${status === 0 ? "ok" : "FAILED"} in ${took} s`);
  if (status !== 0) process.exit(status ?? 1);
}
