/** Imports one module and prints the address of every module that this loads. */
import { builtinModules, register } from "node:module";

// Hooks run in a thread of their own, whose process.stdout can end before it has written everything.
const hooks = `
import { writeSync } from "node:fs";
export async function load(url, context, next) {
  writeSync(1, url + "\\n");
  return await next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
// Node's own can also be loaded without an import: this list has those as well.
const before = new Set(process.moduleLoadList);
await import(process.argv[2]);
for (const entry of process.moduleLoadList) {
  const name = entry.replace("NativeModule ", "");
  if (!before.has(entry) && builtinModules.includes(name)) process.stdout.write(`node:${name}\n`);
}
