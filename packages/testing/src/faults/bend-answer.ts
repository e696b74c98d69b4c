import type { ServerResponse } from "node:http";
import type { AnswerBend, AnswerWire, BreakKind } from "./fault.js";

/** From now on everything that is written to the response goes through the bend. */
export function bendAnswer(response: ServerResponse, make: (wire: AnswerWire) => AnswerBend): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const flushHeaders = response.flushHeaders.bind(response);
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  const bend = make({
    closed: closed.signal,
    head: flushHeaders,
    write: (chunk) => void write(chunk),
    end: () => void end(),
    breakOff: (how) => breakOff(response, how, end),
  });
  Object.assign(response, {
    flushHeaders: () => (bend.head ?? flushHeaders)(),
    write: (chunk: string | Uint8Array) => {
      bend.write(Buffer.from(chunk as Uint8Array));
      return true;
    },
    end: (chunk?: string | Uint8Array) => {
      if (chunk !== undefined) bend.write(Buffer.from(chunk as Uint8Array));
      bend.end();
      return response;
    },
  });
}

function breakOff(response: ServerResponse, how: BreakKind, end: () => void): void {
  const { socket } = response;
  if (how === "end") end();
  else if (how === "hangUp") socket?.destroySoon();
  else socket?.resetAndDestroy();
}
