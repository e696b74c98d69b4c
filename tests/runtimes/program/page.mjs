/** For a page: `?place=<place as JSON>`. Leaves its lines, and whether it came to its end. */
import { runAll } from "./run-all.mjs";
import { scenarios } from "./scenarios.mjs";

globalThis.lines = [];
const place = JSON.parse(new URL(location.href).searchParams.get("place"));
await runAll(scenarios, place, (line) => globalThis.lines.push(line));
globalThis.ended = true;
