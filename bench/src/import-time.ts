/** What importing one module costs: `node import-time.js <module>`. */
import type { FirstResult } from "./first-result/tell.js";

const { userCPUTime, systemCPUTime } = process.resourceUsage();
const start = performance.now();
await import(process.argv[2] ?? "");
const wall = (performance.now() - start) / 1000;
const after = process.resourceUsage();
const told: FirstResult = {
  value: true,
  wall,
  cpu: (after.userCPUTime + after.systemCPUTime - userCPUTime - systemCPUTime) / 1e6,
  peak: after.maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(told)}\n`);
// Some packages keep a process alive that has only imported them.
process.exit(0);
