import { atOnce } from "../floor/at-once.js";
import { calls } from "../floor/calls.js";
import { connect } from "../floor/connect.js";
import { download } from "../floor/download.js";
import { chat, numbers } from "../floor/outputs.js";
import { text } from "../floor/text.js";
import { upload } from "../floor/upload.js";
import type { Programs } from "../programs.js";

/** Bare `node:http` programs that do what the protocol needs, and nothing else. */
export const programs: Programs = {
  connect,
  calls,
  "at-once": atOnce,
  numbers,
  chat,
  text,
  upload,
  download,
  save: download,
};
