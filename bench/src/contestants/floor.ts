import { atOnce } from "../floor/at-once.js";
import { calls } from "../floor/calls.js";
import { connect } from "../floor/connect.js";
import { download } from "../floor/download.js";
import { chat, numbers } from "../floor/outputs.js";
import { text } from "../floor/text.js";
import { endUnused } from "../floor/http.js";
import { upload } from "../floor/upload.js";
import type { Program, Programs, Task } from "../programs.js";

/** Apps end a connection that was unused for 5 s: this is well before that, in milliseconds. */
const idleLimit = 3000;

/**
 * Between two rounds others have their turns. A connection that an app ends in the moment in which
 * it is used again would cost a call, which the floor does not make again.
 */
function withRests(make: (task: Task) => Promise<Program>): (task: Task) => Promise<Program> {
  return async (task) => {
    const program = await make(task);
    let lastUse = performance.now();
    return {
      round: async (count) => {
        if (performance.now() - lastUse > idleLimit) endUnused();
        const values = await program.round(count);
        lastUse = performance.now();
        return values;
      },
      end: () => program.end(),
    };
  };
}

/** Bare `node:http` programs that do what the protocol needs, and nothing else. */
export const programs: Programs = {
  connect: withRests(connect),
  calls: withRests(calls),
  "at-once": withRests(atOnce),
  numbers: withRests(numbers),
  chat: withRests(chat),
  text: withRests(text),
  upload,
  download,
  save: download,
};
