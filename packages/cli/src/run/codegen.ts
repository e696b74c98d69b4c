import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { comparable } from "../codegen/app-file.js";
import { describeApp } from "../codegen/describe-app.js";
import type { CodegenWords } from "../commands/codegen.js";
import { connect } from "../connection/connect.js";
import { watchInterrupts } from "../failure/interrupts.js";
import { Mismatch } from "../failure/mismatch.js";
import { UsageError } from "../failure/usage-error.js";
import { writeStyled } from "../output/write.js";
import { shellWord } from "../endpoints/shell-word.js";
import { openScreen } from "../screen/screen.js";

/** Writes the types of an app, or compares them with a file. */
export async function codegen(app: string, words: CodegenWords): Promise<void> {
  const { output, check = false, quiet = false, all } = words;
  if (check && output === undefined) {
    throw new UsageError("--check needs the file to compare: -o <file>.");
  }
  using screen = await openScreen(process.stderr, { quiet });
  const { signal } = watchInterrupts((message) => screen.note(message));
  await using client = await connect(app, words, { screen, signal });
  const text = describeApp(client, all);
  if (output === undefined) process.stdout.write(text);
  else if (check) await compare(output, text, app);
  else {
    await write(output, text);
    screen.note(`${output} has the types of ${client.spaceId ?? client.src}`);
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new UsageError(`--output: ${path} cannot be written: ${(error as Error).message}`);
  }
}

/** @throws Mismatch when the file is not what would be written now. */
async function compare(path: string, text: string, app: string): Promise<void> {
  const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--check: ${path} cannot be read: ${error.message}`);
  });
  const [old, now] = [comparable(before), comparable(text)];
  if (old === now) return;
  const { fileDiff } = await import("../codegen/file-diff.js");
  writeStyled(fileDiff(path, old, app, now));
  throw new Mismatch(
    `${path} no longer matches the app.`,
    `gradio-kit codegen <app> -o ${shellWord(path)} writes it anew.`,
  );
}
