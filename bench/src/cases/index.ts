import { atOnce } from "./at-once.js";
import { calls } from "./calls.js";
import type { Case } from "./case.js";
import { chat } from "./chat.js";
import { connect } from "./connect.js";
import { importing } from "./import.js";
import { memory } from "./memory.js";
import { numbers } from "./numbers.js";
import { start } from "./start.js";
import { text } from "./text.js";
import { download, upload } from "./transfer.js";
import { wire } from "./wire.js";

/** All cases, in the order of the report. */
export const cases: readonly Case[] = [
  connect,
  calls,
  atOnce,
  chat,
  numbers,
  text,
  upload,
  download,
  start,
  memory,
  importing,
  wire,
];
