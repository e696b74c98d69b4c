import { UsageError } from "../failure/usage-error.js";
import { canAsk } from "../questions/terminal.js";

const variable = "GRADIO_KIT_PASSWORD";

/**
 * The password of a user: from the environment, else asked for without showing it.
 *
 * @throws UsageError when there is neither the variable nor anybody to ask.
 */
export async function readPassword(user: string, signal: AbortSignal): Promise<string> {
  const known = process.env[variable];
  if (known !== undefined) return known;
  if (!canAsk()) {
    throw new UsageError(
      `--auth: there is no password for ${user}.`,
      `Put it into the variable ${variable}, or run this in a terminal: it will be asked for.`,
    );
  }
  const { askPassword } = await import("../questions/password.js");
  return await askPassword(`Password of ${user}`, signal);
}
