import { password } from "@clack/prompts";
import { answered, asking } from "./terminal.js";

/** Asks for a secret; nothing of it is shown. */
export async function askPassword(message: string, signal: AbortSignal): Promise<string> {
  return answered(await password({ message, mask: "•", ...asking(signal) }));
}
