import { endpointIn } from "../inputs/words.js";
import { shellWord } from "../endpoints/shell-word.js";

/** What was typed, as far as a hint can repeat it; each as a word for a shell. */
export interface TypedCall {
  readonly app: string | undefined;
  readonly endpoint: string | undefined;
}

/**
 * The app and the endpoint that a command was given.
 *
 * @param words those behind the command's name, without options.
 */
export function typedCall([app, ...words]: readonly string[]): TypedCall {
  const endpoint = endpointIn(words);
  return { app: app && shellWord(app), endpoint: endpoint && shellWord(endpoint) };
}

/** A hint with what was typed in the place of `<app>` and `<endpoint>`: it can be pasted. */
export function withTypedCall(hint: string, { app, endpoint }: TypedCall): string {
  if (app === undefined) return hint;
  const named = hint.replaceAll("<app>", () => app);
  // Without it the app has one endpoint only.
  return named.replaceAll(" <endpoint>", () => (endpoint === undefined ? "" : ` ${endpoint}`));
}
