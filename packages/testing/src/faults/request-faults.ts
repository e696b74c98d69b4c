import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "./fault.js";

/** Resets the connection; the request is not taken. */
export function reset(): Fault {
  return {
    name: "reset",
    before: async (request) => {
      request.socket.resetAndDestroy();
      return false;
    },
  };
}

/** Never answers; the request is not taken. */
export function stall(): Fault {
  return {
    name: "stall",
    before: async (request) => {
      request.resume();
      return false;
    },
  };
}

/** What is answered in the server's place. */
export interface AnswerOptions {
  /** Headers of the answer. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Its body. Default: empty. */
  readonly body?: string;
}

/** Answers in the server's place; the request is not taken. */
export function answer(status: number, { headers = {}, body = "" }: AnswerOptions = {}): Fault {
  return {
    name: `answer ${status}`,
    before: async (request, response) => {
      await received(request);
      response.writeHead(status, { "content-length": String(Buffer.byteLength(body)), ...headers });
      response.end(body);
      return false;
    },
  };
}

/** 502, 503 or 504 with a page of HTML, as gateways answer when the app is not there. */
export function gatewayError(status: 502 | 503 | 504 = 502): Fault {
  return answer(status, {
    headers: { "content-type": "text/html" },
    body: `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
  });
}

/** 429, with `Retry-After` in seconds or as a date. */
export function tooManyRequests(retryAfter?: number | Date): Fault {
  const wish = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  return answer(429, {
    headers: wish === undefined ? {} : { "retry-after": String(wish) },
    body: "Too Many Requests",
  });
}

/** Sends the client elsewhere. */
export function redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 307): Fault {
  return answer(status, { headers: { location } });
}

/** Hands the request on after a while. */
export function delay(milliseconds: number): Fault {
  return {
    name: "delay",
    before: async (_request, response) => {
      await pauseUnlessClosed(milliseconds, response);
      return !response.destroyed;
    },
  };
}

/** Takes the request's body slowly. Behind a proxy only. */
export function slowUpload(bytesPerSecond: number): Fault {
  return {
    name: "slow upload",
    requestBody: async function* (body) {
      const size = Math.max(1, Math.round(bytesPerSecond / 20));
      for await (const chunk of body) {
        for (let at = 0; at < chunk.length; at += size) {
          yield chunk.subarray(at, at + size);
          await pause(50);
        }
      }
    },
  };
}

/** A client that is still sending would take an early answer for a broken connection. */
async function received(request: IncomingMessage): Promise<void> {
  request.resume();
  if (request.complete) return;
  await new Promise((resolve) => {
    request.once("end", resolve);
    request.once("close", resolve);
  });
}

async function pauseUnlessClosed(milliseconds: number, response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
