import { createRequire } from "node:module";

/**
 * A module of Node, loaded when it is first asked for. Node 21 and 22.0 to 22.2 have no
 * `process.getBuiltinModule`; there `require` does the same, and any absolute path will do for it.
 */
export const getBuiltinModule: typeof process.getBuiltinModule =
  process.getBuiltinModule ?? createRequire("/");
