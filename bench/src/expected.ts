import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lost, type Task } from "./programs.js";
import type { AppName, ServerName } from "./servers.js";

/** What the apps are made of, here and in python/app.py. */
export const largeAppEndpoints = 1000;
/** The stub lacks those that take and give files. */
const smallAppEndpoints: Readonly<Record<ServerName, number>> = { gradio: 6, stub: 4 };
const unit = "0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
const megabyte = 1 << 20;

export const endpointsOf = (server: ServerName, app: AppName): number =>
  app === "large" ? largeAppEndpoints : smallAppEndpoints[server];
/** The name that call number `index` of a round greets. */
export const nameOf = (index: number): string => `number ${index}`;
export const greeting = (name: string): string => `Hello ${name}!`;
export const longText = (megabytes: number): string =>
  unit.repeat((megabytes * megabyte) / unit.length);
export const word = (step: number): string => `word${step} `;

/** One value against what it has to be. */
type Check = (value: unknown, index: number, count: number) => boolean | Promise<boolean>;

/** How many values of a round are there and right, what is wrong with the others. */
export interface Verdict {
  /** Values that are not what the app said. */
  readonly wrong: number;
  /** Values that never came. */
  readonly lost: number;
}

/** Compares every value of a round with what the app must have answered. */
export async function judge(
  task: Task,
  count: number,
  values: readonly unknown[],
): Promise<Verdict> {
  const check = checkFor(task);
  const expected = valuesOf(task, count);
  let wrong = Math.max(0, values.length - expected);
  let missing = Math.max(0, expected - values.length);
  for (const [index, value] of values.slice(0, expected).entries()) {
    if (value === lost) missing += 1;
    else if (!(await check(value, index, count))) wrong += 1;
  }
  return { wrong, lost: missing };
}

function valuesOf({ program }: Task, count: number): number {
  return program === "text" ? 1 : count;
}

function checkFor({ program, file, endpoints }: Task): Check {
  switch (program) {
    case "connect":
      return (value) => value === endpoints;
    case "calls":
    case "at-once":
      return (value, index) => value === greeting(nameOf(index));
    case "numbers":
      return (value, index) => value === index;
    case "chat":
      return growingStory();
    case "text":
      return (value, _index, count) => value === longText(count);
    case "upload":
      return (value) =>
        isObject(value) && value["size"] === file?.size && value["checksum"] === file?.checksum;
    case "download":
    case "save":
      return async (value) =>
        typeof value === "string" && file !== undefined && (await digestOf(value)) === file.digest;
  }
}

/** Each kept value has to be the story as it was then, whatever has happened to it since. */
function growingStory(): Check {
  let story = "";
  return (value, index) => {
    story += word(index);
    return textOfAnswer(value) === story;
  };
}

function textOfAnswer(value: unknown): unknown {
  const answer: unknown = Array.isArray(value) ? value[1] : undefined;
  const content = isObject(answer) ? answer["content"] : undefined;
  const part: unknown = Array.isArray(content) ? content[0] : undefined;
  return isObject(part) ? part["text"] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
