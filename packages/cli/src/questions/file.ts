import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { text } from "@clack/prompts";
import type { FilePlace } from "../inputs/file-place.js";
import { messageOf, type Question } from "./question.js";
import { answered, asking } from "./terminal.js";

/** A file by its path or address; for a parameter that takes several, one after the other. */
export async function askFile(question: Question, { several, wrap }: FilePlace): Promise<unknown> {
  const { parameter, component, sources } = question;
  const kinds = component?.props["file_types"];
  const allowed = Array.isArray(kinds) && kinds.length > 0 ? `, ${kinds.join(" ")}` : "";
  const open = (path: string): unknown =>
    wrap(sources.file(parameter.parameterName, expand(path)), path);
  const first = await askPath(question, `path or address${allowed}`, parameter.hasDefault);
  // The default, which only the app has.
  if (first === "") return undefined;
  if (!several) return open(first);
  const files = [open(first)];
  for (;;) {
    const next = await askPath(question, "one more (Enter: no more)", true);
    if (next === "") return files;
    files.push(open(next));
  }
}

async function askPath(question: Question, what: string, mayBeEmpty: boolean): Promise<string> {
  return answered(
    await text({
      message: messageOf(question, what),
      validate: (typed = "") => (typed === "" && mayBeEmpty ? undefined : problemOf(typed)),
      ...asking(question.signal),
    }),
  ).trim();
}

function problemOf(typed: string): string | undefined {
  const path = expand(typed.trim());
  if (/^https?:\/\//i.test(path)) return undefined;
  if (path === "" || !existsSync(path)) return "There is no such file.";
  return statSync(path).isFile() ? undefined : "This is not a file.";
}

/** A shell would have done this to a path on the command line. */
function expand(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}
