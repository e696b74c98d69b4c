import type { AnswerBend, AnswerWire, BreakKind, Fault } from "./fault.js";

/** Where in an answer something happens; without any of these before its first byte. */
export interface AnswerPlace {
  /** After so many bytes of the body. */
  readonly bytes?: number;
  /** As soon as the text of the body so far fulfils this. */
  readonly when?: (text: string) => boolean;
  /** So many milliseconds after its beginning. */
  readonly milliseconds?: number;
}

/** How an answer is cut off, and where. */
export interface CutOptions extends AnswerPlace {
  /**
   * `"reset"` (default): a TCP reset; `"hangUp"`: the connection ends without the end of the body;
   * `"end"`: the body ends as if it were complete, where it did not say its length beforehand.
   */
  readonly how?: BreakKind;
}

/**
 * Lets the server take the request and answer it, but nothing of the answer arrives: the connection
 * is reset when the answer is complete, or has begun.
 */
export function loseAnswer(when: "complete" | "begun" = "complete"): Fault {
  return {
    name: "lose answer",
    bend: (wire) => {
      const lose = (): void => wire.breakOff("reset");
      const begun = when === "begun" ? lose : () => undefined;
      return { head: begun, write: begun, end: lose };
    },
  };
}

/** Cuts the answer off. The server sees its reader go. */
export function cut({ how = "reset", ...place }: CutOptions = {}): Fault {
  return { name: "cut", bend: (wire) => until(place, wire, () => wire.breakOff(how)) };
}

/** Lets nothing more arrive, while the connection stays: half open. The server goes on writing. */
export function fallSilent(place: AnswerPlace = {}): Fault {
  return { name: "fall silent", bend: (wire) => until(place, wire, () => undefined) };
}

/** Makes nonsense of the body: as many bytes, but each an `x`. */
export function garbleAnswer(): Fault {
  return {
    name: "garble answer",
    bend: (wire) => ({
      write: (chunk) => wire.write(Buffer.alloc(chunk.length, "x")),
      end: () => wire.end(),
    }),
  };
}

/** Sends the body in pieces of so many bytes, inside of characters too. */
export function split(size = 1): Fault {
  return {
    name: "split",
    bend: (wire) => {
      // Written in one go the pieces would be merged again: each waits for a turn of its own.
      let turn = Promise.resolve();
      const next = (step: () => void): void => {
        turn = turn.then(() => new Promise((resolve) => setImmediate(resolve))).then(step);
      };
      return {
        write: (chunk) => {
          for (let at = 0; at < chunk.length; at += size) {
            next(() => wire.write(chunk.subarray(at, at + size)));
          }
        },
        end: () => next(() => wire.end()),
      };
    },
  };
}

/** Holds the body back and sends all of it at its end, in one piece. */
export function merge(): Fault {
  return {
    name: "merge",
    bend: (wire) => {
      const held: Buffer[] = [];
      return {
        write: (chunk) => void held.push(chunk),
        end: () => {
          wire.write(Buffer.concat(held));
          wire.end();
        },
      };
    },
  };
}

/** Hands an answer on up to a place, and lets something happen there. */
function until(place: AnswerPlace, wire: AnswerWire, happen: () => void): AnswerBend {
  const { milliseconds, when } = place;
  const endless = milliseconds !== undefined || when !== undefined;
  let left = place.bytes ?? (endless ? Infinity : 0);
  let seen = "";
  let over = false;
  const stop = (): void => {
    if (over) return;
    over = true;
    happen();
  };
  if (milliseconds !== undefined) {
    const timer = setTimeout(stop, milliseconds);
    wire.closed.addEventListener("abort", () => clearTimeout(timer));
  }
  const decoder = new TextDecoder();
  return {
    head: () => {
      if (over) return;
      wire.head();
      if (left === 0) setImmediate(stop);
    },
    write: (chunk) => {
      if (over) return;
      const part = chunk.subarray(0, Math.min(left, chunk.length));
      left -= part.length;
      if (part.length > 0) wire.write(part);
      else wire.head();
      if (when !== undefined) seen += decoder.decode(chunk, { stream: true });
      // What has been written leaves before the connection breaks: a reset would overtake it.
      if (left === 0 || when?.(seen) === true) leaveThen(stop);
    },
    end: () => {
      if (!over) wire.end();
    },
  };

  function leaveThen(step: () => void): void {
    over = true;
    setImmediate(() => {
      over = false;
      step();
    });
  }
}
