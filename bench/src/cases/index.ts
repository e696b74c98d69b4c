import { atOnce } from "./at-once.js";
import { calls } from "./calls.js";
import type { Case } from "./case.js";
import { chat } from "./chat.js";
import { connect } from "./connect.js";
import { numbers } from "./numbers.js";
import { text } from "./text.js";

/** All cases, in the order of the report. */
export const cases: readonly Case[] = [connect, calls, atOnce, chat, numbers, text];
