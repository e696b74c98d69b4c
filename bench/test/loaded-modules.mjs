/** Imports one module and prints the address of every module that this loads, in order. */
import { register } from "node:module";

const hooks = `
export async function load(url, context, next) {
  process.stdout.write(url + "\\n");
  return await next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
await import(process.argv[2]);
