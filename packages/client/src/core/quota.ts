import { QuotaError, type AppError } from "../errors.js";

/**
 * The error of a ZeroGPU Space whose caller has used up the GPU time of the day; `undefined` for
 * every other failure. The Space says it in words only, as the package `spaces` writes them (0.51;
 * older ones put the two numbers the other way round).
 */
export function quotaErrorOf({ message, title = "" }: AppError): QuotaError | undefined {
  const text = `${title} ${message}`;
  // A wait in line that was too long carries the same title: then nothing has been used up.
  if (/no gpu was available/i.test(message)) return undefined;
  const isQuota =
    /zerogpu (?:quota|pending credits) exceeded/i.test(title) ||
    /exceeded your .{0,40}?\b(?:quota|runs limit)\b/i.test(message);
  if (!isQuota) return undefined;
  return new QuotaError(plain(message), {
    requested: secondsBefore(text, "requested"),
    left: secondsBefore(text, "left"),
    retryAfter: waitIn(text),
  });
}

/** Older Spaces put a link into the text. */
function plain(message: string): string {
  return message
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function secondsBefore(text: string, word: string): number | undefined {
  const found = new RegExp(`(\\d+)s ${word}`, "i").exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** `Try again in 1:32:34`, `retry in 0:09:48`, `1 day, 0:10:00`: Python's way to write a duration. */
function waitIn(text: string): number | undefined {
  const found = /(?:try again|retry) in (?:(\d+) days?, )?(\d+):(\d\d):(\d\d)/i.exec(text);
  if (found === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part = "0") => Number(part));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
