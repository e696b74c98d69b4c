import type { AppOutline } from "./core/app-outline.js";
import { findDrift } from "./core/drift.js";
import type { EndpointInfo } from "./core/endpoint.js";
import { InputError } from "./errors.js";

/** More of them are only counted. */
const mostSentences = 20;

/**
 * Compares an app with what the program was written for.
 *
 * @param warn told what does not fit.
 * @throws InputError `SPEC_MISMATCH` with the same, if there is nobody to warn.
 */
export function checkSpec(
  outline: AppOutline,
  endpoints: readonly EndpointInfo[],
  warn: ((message: string) => void) | undefined,
): void {
  const drift = findDrift(outline, endpoints);
  if (drift.length === 0) return;
  const lines = drift.slice(0, mostSentences).map((sentence) => `\n- ${sentence}`);
  const more = drift.length > mostSentences ? `\n- and ${drift.length - mostSentences} more` : "";
  const message = `The app is not what this program was written for:${lines.join("")}${more}\nWrite its types anew: gradio-kit codegen`;
  if (warn === undefined) throw new InputError("SPEC_MISMATCH", message);
  warn(message);
}
