import { InputError } from "../errors.js";
import type { ConnectionSettings, TransportSettings } from "./platform.js";

const decided: readonly (keyof ConnectionSettings)[] = [
  "proxy",
  "ca",
  "cert",
  "key",
  "maxConnections",
];

/**
 * Refuses the settings that only those who make the connections themselves can follow.
 *
 * @param why who makes them instead, such as `"browsers make their connections themselves"`.
 */
export function refuseConnectionSettings(
  { connection = {}, sslVerify }: TransportSettings,
  why: string,
): void {
  const name = decided.find((setting) => connection[setting] !== undefined);
  if (name !== undefined) throw impossible(`http.${name}`, why);
  if (sslVerify === false) throw impossible("sslVerify", why);
}

function impossible(option: string, why: string): InputError {
  return new InputError("INVALID_OPTION", `${option}: it cannot be set here: ${why}.`);
}
