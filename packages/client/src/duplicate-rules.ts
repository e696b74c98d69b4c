import { clientRules, isBoolean, isText, type Rule } from "./check-options.js";
import { isObject } from "./core/json.js";
import type { DuplicateOptions } from "./options.js";

const isTexts: Rule = {
  right: "an object of names and texts",
  check: (value) =>
    isObject(value) && Object.values(value).every((entry) => typeof entry === "string"),
};

/** What is right for the options of `Client.duplicate`. */
export const duplicateRules: Record<keyof DuplicateOptions, Rule> = {
  ...clientRules,
  toId: {
    right: 'the id ("user/name") or the name of a Space',
    check: (value) => typeof value === "string" && /^(?:[\w.-]+\/)?[\w.-]+$/.test(value),
  },
  private: isBoolean,
  hardware: isText,
  secrets: isTexts,
  variables: isTexts,
  sleepTimeout: {
    right: "a number of minutes above 0",
    check: (value) => typeof value === "number" && value > 0,
  },
};
