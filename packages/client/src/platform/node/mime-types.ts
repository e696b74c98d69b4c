import types from "mime/types/standard.js";

/** The table of `mime`. In the files that are published it is one text until it is asked for. */
export const standardTypes = (): Readonly<Record<string, string[]>> => types;
