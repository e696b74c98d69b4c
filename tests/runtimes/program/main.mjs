/** For Node, Bun and Deno: `main.mjs <place as JSON>`. Ends by itself, or not at all. */
import { argv } from "node:process";
import { runAll } from "./run-all.mjs";
import { scenarios } from "./scenarios.mjs";

await runAll(scenarios, JSON.parse(argv[2]), (line) => console.log(line));
