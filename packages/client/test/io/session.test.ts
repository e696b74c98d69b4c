import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobMessageBody } from "../../src/core/messages.js";
import type { Access } from "../../src/io/app-access.js";
import { Requests } from "../../src/io/requests.js";
import type { JoinOptions } from "../../src/io/join.js";
import { EventSession, type SessionLimits } from "../../src/io/session.js";
import type { JobListener } from "../../src/io/pending-job.js";
import { NodeTransport } from "../../src/platform/node/transport.js";

/** What a test does with each request; streams and joins come in the order of their arrival. */
interface Script {
  stream(response: ServerResponse, count: number): void;
  join?(response: ServerResponse, count: number): void;
  cancel?(response: ServerResponse): void;
  /** Whether a job that is asked after still waits or runs. Default: it does not. */
  alive?(eventId: string): boolean;
}

const options: JoinOptions = {
  headers: {},
  retry: { attempts: 3, minDelay: 1, maxDelay: 10 },
  owner: new AbortController(),
  fnIndex: 7,
  mayAsk: true,
};

let server: Server;
let transport: NodeTransport;
let script: Script;
let streams: ServerResponse[];
let joins: number;
let questions: string[];
/** The jobs that were cancelled. */
let cancels: unknown[];

beforeEach(async () => {
  streams = [];
  joins = 0;
  questions = [];
  cancels = [];
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      if (request.url === "/ping") {
        response.end();
      } else if (request.method === "GET") {
        response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
        streams.push(response);
        script.stream(response, streams.length);
      } else {
        const asked = /\/stream\/(.*)\/close$/.exec(request.url ?? "")?.[1];
        if (asked !== undefined) {
          questions.push(asked);
          response.writeHead(script.alive?.(asked) === true ? 200 : 404).end();
          return;
        }
        if (request.url?.endsWith("/cancel") === true) {
          cancels.push(JSON.parse(body));
          if (script.cancel !== undefined) script.cancel(response);
          else response.end("{}");
          return;
        }
        joins += 1;
        if (script.join !== undefined) script.join(response, joins);
        else response.end(JSON.stringify({ event_id: `job${joins}` }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  transport = new NodeTransport();
});

afterEach(async () => {
  transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function openSession(limits: Partial<SessionLimits> = {}, access: Access = {}): EventSession {
  const { port } = server.address() as AddressInfo;
  const requests = new Requests(transport, `http://127.0.0.1:${port}/`, {}, access);
  return new EventSession(requests, "abc", { patience: 500, ...limits });
}

/** A round trip on the connections of the session: whatever the server sent before it has arrived. */
async function ping(): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/ping`;
  const response = await transport.send({ method: "GET", url, headers: {} });
  await response.read(() => undefined);
}

function send(response: ServerResponse, ...messages: object[]): void {
  for (const message of messages) response.write(`data: ${JSON.stringify(message)}\n\n`);
}

/** A stream that ends as it should, with the value of its last job. */
function finish(response: ServerResponse, eventId: string, value: string): void {
  send(response, completed(eventId, value), close);
  response.end();
}

/** As the server does it: one last message, then the body is cut off. */
function abort(response: ServerResponse, message: object): void {
  response.write(`data: ${JSON.stringify(message)}\n\n`, () =>
    setImmediate(() => response.destroy()),
  );
}

/** A connection that breaks after messages. */
function cut(response: ServerResponse, ...messages: object[]): void {
  const text = messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join("");
  response.write(text, () => setImmediate(() => response.destroy()));
}

/** A connection that breaks before an answer. */
function loseAnswer(response: ServerResponse): void {
  response.destroy();
}

function completed(eventId: string, value: string): object {
  return { msg: "process_completed", event_id: eventId, success: true, output: { data: [value] } };
}

const close = { msg: "close_stream", event_id: null };
const notFound = {
  msg: "unexpected_error",
  event_id: null,
  message: "404: Not Found",
  session_not_found: true,
};

/** A listener whose `end` is the value of the job, or rejects with why it was lost. */
function listen(): { listener: JobListener; end: Promise<unknown>; seen: string[] } {
  const seen: string[] = [];
  let settle: JobListener | undefined;
  const end = new Promise<unknown>((resolve, reject) => {
    settle = {
      message: (message: JobMessageBody) => {
        seen.push(message.type);
        if (message.type === "completed") resolve(message.data[0]);
      },
      lost: reject,
    };
  });
  return { listener: settle as JobListener, end, seen };
}

async function call(session: EventSession): Promise<unknown> {
  const { listener, end } = listen();
  end.catch(() => undefined);
  await session.join("{}", listener, options);
  return await end;
}

/** The second call of a session, whose join is answered when its stream is gone. */
async function callTooLate(
  breakOff: (response: ServerResponse) => void,
  cancel?: (response: ServerResponse) => void,
): Promise<{ session: EventSession; end: Promise<unknown>; seen: readonly string[] }> {
  let answer: ((response: ServerResponse) => void) | undefined;
  const unanswered = new Promise<ServerResponse>((resolve) => (answer = resolve));
  script = {
    stream: (response, count) => {
      if (count === 1) {
        finish(response, "job1", "first");
      } else if (count === 2) {
        breakOff(response);
      } else {
        // Said again for every stream, whether more comes or not.
        send(response, { msg: "process_starts", event_id: "job2" });
        send(response, { msg: "heartbeat", event_id: null });
      }
    },
    join: (response, count) => {
      if (count === 2) answer?.(response);
      else response.end(JSON.stringify({ event_id: `job${count}` }));
    },
    ...(cancel !== undefined && { cancel }),
  };
  const session = openSession({ lastWord: 20 });
  await call(session);
  await ping();
  const second = listen();
  second.end.catch(() => undefined);
  const joined = session.join("{}", second.listener, options);
  const join = await unanswered;
  await expect.poll(() => streams[1]?.closed).toBe(true);
  await ping();
  join.end('{"event_id":"job2"}');
  await joined;
  return { session, ...second };
}

describe("EventSession", () => {
  it("keeps no more messages of unknown jobs than one message may have, and works on", async () => {
    const flood = Array.from({ length: 300 }, (_, index) => completed(`unknown${index}`, "x"));
    let answer: ((response: ServerResponse) => void) | undefined;
    const unanswered = new Promise<ServerResponse>((resolve) => (answer = resolve));
    script = {
      stream: (response, count) => {
        if (count > 1) send(response, completed("job2", "second"), close);
        else void unanswered.then(() => send(response, ...flood));
      },
      join: (response, count) => {
        if (count === 1) response.end('{"event_id":"job1"}');
        else answer?.(response);
      },
    };
    const session = openSession({}, { maxResponseSize: 200_000 });
    const first = listen();
    const lost = expect(first.end).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      cause: { name: "ProtocolError", code: "UNEXPECTED_MESSAGE" },
    });
    await session.join("{}", first.listener, options);
    const second = call(session);
    await lost;
    (await unanswered).end('{"event_id":"job2"}');
    expect(await second).toBe("second");
    session.close();
  });

  it("keeps messages that overtake the answer of their join", async () => {
    script = {
      stream: () => undefined,
      join: (response, count) => {
        const answer = (): void => {
          response.end(JSON.stringify({ event_id: `job${count}` }));
        };
        const stream = streams[0];
        if (count === 1 || stream === undefined) {
          answer();
          return;
        }
        stream.write(`data: ${JSON.stringify(completed("job2", "second"))}\n\n`, () => {
          answer();
          send(stream, completed("job1", "first"), close);
          stream.end();
        });
      },
    };
    const session = openSession();
    const opened = new Promise<void>((resolve) => {
      script.stream = () => resolve();
    });
    const first = call(session);
    await opened;
    expect(await call(session)).toBe("second");
    expect(await first).toBe("first");
    expect(streams.length).toBe(1);
  });

  it("opens no other stream for a job of which all is said before its join is answered", async () => {
    let answer: ((response: ServerResponse) => void) | undefined;
    const unanswered = new Promise<ServerResponse>((resolve) => (answer = resolve));
    script = {
      stream: (response, count) => {
        finish(response, `job${count}`, `value ${count}`);
      },
      join: (response, count) => {
        if (count === 1) response.end('{"event_id":"job1"}');
        else answer?.(response);
      },
    };
    const session = openSession();
    expect(await call(session)).toBe("value 1");
    await ping();
    const second = call(session);
    const join = await unanswered;
    await expect.poll(() => streams[1]?.closed).toBe(true);
    await ping();
    join.end('{"event_id":"job2"}');
    expect(await second).toBe("value 2");
    await ping();
    expect(streams.length).toBe(2);
    session.close();
  });

  it("opens another stream when a job joined while the old one was ending", async () => {
    script = {
      stream: (response, count) => {
        if (count === 1) {
          send(response, completed("job1", "first"));
          // The stream ends although the second job has been joined in the meantime.
          const wait = (): void => {
            if (joins < 2) setImmediate(wait);
            else response.end(`data: ${JSON.stringify(close)}\n\n`);
          };
          wait();
        } else {
          finish(response, "job2", "second");
        }
      },
    };
    const session = openSession();
    expect(await call(session)).toBe("first");
    expect(await call(session)).toBe("second");
    expect(streams.length).toBe(2);
  });

  // Without that the join would be given up after a minute, and looked for.
  const limit = { timeout: 30_000 };
  it(
    "opens a stream while a join is on its way, also where the last one ends then",
    limit,
    async () => {
      let last: ServerResponse | undefined;
      script = {
        stream: (response, count) => {
          send(response, completed(`job${count}`, `value${count}`));
          last = response;
        },
        join: (response, count) => {
          if (last !== undefined) send(last, close);
          last?.end();
          const answer = (): void => {
            if (count === 1 || streams.length === count) {
              response.end(JSON.stringify({ event_id: `job${count}` }));
            } else if (!response.destroyed) setImmediate(answer);
          };
          answer();
        },
      };
      const session = openSession();
      expect(await call(session)).toBe("value1");
      expect(await call(session)).toBe("value2");
      session.close();
    },
  );

  it("takes `session not found` on a stream that came too early for no error", async () => {
    script = {
      stream: (response, count) => {
        if (count === 2) {
          abort(response, notFound);
        } else {
          finish(response, `job${joins}`, `value${joins}`);
        }
      },
    };
    const session = openSession();
    expect(await call(session)).toBe("value1");
    // A request later the end of the first stream has been seen: the next one opens with the join.
    await ping();
    script.join = (response) => {
      const answer = (): void => {
        if (streams.length < 2) setImmediate(answer);
        else response.end(JSON.stringify({ event_id: `job${joins}` }));
      };
      answer();
    };
    expect(await call(session)).toBe("value2");
  });

  it.each([
    ["is cut off", (response: ServerResponse) => response.destroy()],
    [
      "reports an unexpected error",
      (response: ServerResponse) => {
        abort(response, { msg: "unexpected_error", event_id: null, message: "Server stopped." });
      },
    ],
    [
      "does not know the session",
      (response: ServerResponse) => {
        abort(response, notFound);
      },
    ],
    ["ends again and again without a word", (response: ServerResponse) => response.end()],
  ])(
    "fails its jobs with CONNECTION_LOST when the stream %s, and works again",
    async (_how, fail) => {
      script = { stream: (response) => fail(response) };
      const session = openSession();
      await expect(call(session)).rejects.toMatchObject({
        code: "CONNECTION_LOST",
        mayHaveRun: true,
      });
      script = {
        stream: (response) => {
          finish(response, "job2", "again");
        },
      };
      expect(await call(session)).toBe("again");
    },
  );

  it("brings all messages of jobs that share the stream to the right job", async () => {
    script = {
      stream: (response) => {
        const wait = (): void => {
          if (joins < 3) setImmediate(wait);
          else {
            send(response, completed("job3", "c"), { msg: "heartbeat", event_id: null });
            send(response, completed("job1", "a"), completed("job2", "b"), close);
            response.end();
          }
        };
        wait();
      },
    };
    const session = openSession();
    expect(await Promise.all([call(session), call(session), call(session)])).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(streams.length).toBe(1);
  });

  it("leaves no stream open when a join is refused", async () => {
    script = {
      stream: (response, count) => {
        if (count === 1) {
          finish(response, "job1", "first");
        }
      },
    };
    const session = openSession();
    await call(session);
    script.join = (response) => {
      response.writeHead(503, { "content-type": "application/json" });
      response.end(JSON.stringify({ detail: "Queue is full. Max size is 2 and size is 2." }));
    };
    await expect(call(session)).rejects.toMatchObject({ code: "QUEUE_FULL" });
    for (const stream of streams) {
      if (!stream.closed) await new Promise((resolve) => stream.on("close", resolve));
    }
  });

  describe("when the answer of a join is lost", () => {
    it("finds the job on the stream of a new session", async () => {
      script = {
        join: loseAnswer,
        stream: (response) => {
          send(
            response,
            { msg: "estimation", event_id: "job1" },
            completed("job1", "found"),
            close,
          );
          response.end();
        },
      };
      expect(await call(openSession())).toBe("found");
      expect(joins).toBe(1);
    });

    it("finds it beside jobs that it knows", async () => {
      script = {
        join: (response, count) => {
          if (count === 2) loseAnswer(response);
          else response.end(JSON.stringify({ event_id: "job1" }));
        },
        stream: (response) => {
          const wait = (): void => {
            if (joins < 2) setImmediate(wait);
            else {
              send(response, completed("job2", "found"), completed("job1", "known"), close);
              response.end();
            }
          };
          wait();
        },
      };
      const session = openSession();
      expect(await Promise.all([call(session), call(session)])).toEqual(["known", "found"]);
    });

    it("finds two equal ones although the second is over before the first is known", async () => {
      script = {
        join: loseAnswer,
        stream: (response) => {
          const wait = (): void => {
            if (joins < 2) setImmediate(wait);
            else cut(response, completed("job1", "one"), completed("job2", "two"), close);
          };
          wait();
        },
      };
      const session = openSession();
      expect(await Promise.all([call(session), call(session)])).toEqual(["one", "two"]);
    });

    it("gives different calls no job at all: it might be the other's", async () => {
      script = {
        join: loseAnswer,
        stream: (response) => {
          const wait = (): void => {
            if (joins < 2) setImmediate(wait);
            else {
              send(response, { msg: "process_starts", event_id: "job1" });
              setImmediate(() => send(response, completed("job2", "two")));
            }
          };
          wait();
        },
      };
      const session = openSession();
      const calls = ["1", "2"].map((body) => session.join(body, listen().listener, options));
      for (const result of await Promise.allSettled(calls)) {
        expect(result).toMatchObject({ reason: { code: "CONNECTION_LOST", mayHaveRun: true } });
      }
      session.close();
    });

    it("joins again when a new session proves that it was not taken", async () => {
      script = {
        join: (response, count) => {
          if (count === 1) loseAnswer(response);
          else response.end(JSON.stringify({ event_id: "job2" }));
        },
        stream: (response, count) => {
          if (count === 1) abort(response, notFound);
          else {
            finish(response, "job2", "second");
          }
        },
      };
      expect(await call(openSession())).toBe("second");
      expect(joins).toBe(2);
    });

    it("finds a job whose join is never answered", async () => {
      script = {
        join: () => undefined,
        stream: (response) => {
          finish(response, "job1", "found");
        },
      };
      expect(await call(openSession({ answer: 50 }))).toBe("found");
      expect(joins).toBe(1);
    });

    it("does not join again what the server may still take, and does not ask all the time", async () => {
      script = { join: () => undefined, stream: (response) => abort(response, notFound) };
      const session = openSession({ answer: 50, patience: 400 });
      await expect(call(session)).rejects.toMatchObject({
        code: "CONNECTION_LOST",
        mayHaveRun: true,
      });
      expect(joins).toBe(1);
      expect(streams.length).toBeLessThan(5);
    });

    it("joins only once when retrying is off", async () => {
      script = { join: loseAnswer, stream: (response) => abort(response, notFound) };
      const session = openSession();
      const join = session.join("{}", listen().listener, { ...options, retry: undefined });
      await expect(join).rejects.toMatchObject({ code: "CONNECTION_LOST", mayHaveRun: false });
      expect(joins).toBe(1);
    });
  });

  it.each([
    ["too many requests", 429, '{"detail":"slow down"}'],
    ["a gateway without an app", 503, "<html>"],
  ])("sends a join again after %s", async (_what, status, body) => {
    script = {
      join: (response, count) => {
        if (count < 3) response.writeHead(status, { "retry-after": "0" }).end(body);
        else response.end(JSON.stringify({ event_id: "job3" }));
      },
      stream: (response) => {
        finish(response, "job3", "third");
      },
    };
    expect(await call(openSession())).toBe("third");
    expect(joins).toBe(3);
  });

  it("does not come back when the server asks for a pause that is too long", async () => {
    script = {
      join: (response) => response.writeHead(429, { "retry-after": "3600" }).end(),
      stream: () => undefined,
    };
    await expect(call(openSession())).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
      retryAfter: 3600,
    });
    expect(joins).toBe(1);
  });

  it("opens the stream again while a gateway refuses it: nothing is lost by that", async () => {
    let refusals = 0;
    script = {
      stream: (response) => {
        if (refusals < 2) {
          refusals += 1;
          // What the test server has begun cannot be taken back: it is cut off before a byte.
          response.destroy();
        } else {
          finish(response, "job1", "after all");
        }
      },
    };
    expect(await call(openSession())).toBe("after all");
  });

  describe("when a stream breaks that had brought something", () => {
    it("fails a running job at once, and does not ask after it", async () => {
      script = {
        stream: (response) => cut(response, { msg: "process_starts", event_id: "job1" }),
      };
      await expect(call(openSession())).rejects.toMatchObject({
        code: "CONNECTION_LOST",
        mayHaveRun: true,
        retryable: false,
      });
      expect(questions).toEqual([]);
      // The app's place for it is free again.
      await expect
        .poll(() => cancels)
        .toEqual([{ session_hash: "abc", fn_index: 7, event_id: "job1" }]);
    });

    it.each([
      ["gone: it may be made again", false, true],
      ["there: it runs unheard", true, false],
    ])("asks after a waiting job that is %s", async (_what, alive, retryable) => {
      script = {
        stream: (response) => cut(response, { msg: "estimation", event_id: "job1" }),
        alive: () => alive,
      };
      await expect(call(openSession())).rejects.toMatchObject({
        code: "CONNECTION_LOST",
        retryable,
      });
      expect(questions).toEqual(["job1"]);
      await expect.poll(() => cancels.length).toBe(alive ? 1 : 0);
    });

    describe("before the answer to a join", () => {
      it("loses a job that was running, and stops it before the next one", async () => {
        let joinsBefore: number | undefined;
        const { session, end, seen } = await callTooLate(
          (response) => cut(response, { msg: "process_starts", event_id: "job2" }),
          // Longer than a join waits after any stream that broke.
          (response) =>
            setTimeout(() => {
              joinsBefore = joins;
              response.end("{}");
            }, 100),
        );
        await expect(end).rejects.toMatchObject({ code: "CONNECTION_LOST", retryable: false });
        expect(seen).toEqual(["started"]);
        expect(questions).toEqual([]);
        const next = call(session).catch(() => undefined);
        await expect.poll(() => joins).toBe(3);
        expect([joinsBefore, cancels]).toMatchObject([2, [{ event_id: "job2" }]]);
        session.close();
        await next;
      });

      it("loses one that waited, and asks whether it is still there", async () => {
        const { end } = await callTooLate((response) =>
          cut(response, { msg: "estimation", event_id: "job2" }),
        );
        await expect(end).rejects.toMatchObject({ code: "CONNECTION_LOST", retryable: true });
        expect(questions).toEqual(["job2"]);
      });

      it("brings the value of one that was over by then", async () => {
        const { end } = await callTooLate((response) => cut(response, completed("job2", "second")));
        expect(await end).toBe("second");
        await ping();
        expect([questions, cancels]).toEqual([[], []]);
      });

      it.each([
        ["never spoke", (response: ServerResponse) => response.destroy()],
        [
          "spoke of nothing",
          (response: ServerResponse) => cut(response, { msg: "heartbeat", event_id: null }),
        ],
      ])("asks after one whose stream %s", async (_what, breakOff) => {
        const { end } = await callTooLate(breakOff);
        await expect(end).rejects.toMatchObject({ code: "CONNECTION_LOST" });
        expect(questions).toEqual(["job2"]);
      });

      it.each([
        ["only ended", []],
        ["reported an error", [{ msg: "unexpected_error", event_id: null, message: "Stopped." }]],
      ])("asks after one whose stream %s", async (_what, messages) => {
        const { end } = await callTooLate((response) => {
          send(response, { msg: "process_starts", event_id: "job2" }, ...messages);
          response.end();
        });
        await expect(end).rejects.toMatchObject({ code: "CONNECTION_LOST" });
        expect(questions).toEqual(["job2"]);
      });
    });
  });

  it("asks after a job whose stream has ended after it was spoken of", async () => {
    script = {
      stream: (response, count) => {
        if (count === 1) {
          finish(response, "job1", "first");
        } else if (count > 2) {
          send(response, { msg: "heartbeat", event_id: null });
        }
      },
    };
    const session = openSession({ lastWord: 20 });
    await call(session);
    await ping();
    const second = listen();
    await session.join("{}", second.listener, options);
    // Opened before the job had joined.
    await expect.poll(() => streams.length).toBe(2);
    const stream = streams[1] as ServerResponse;
    send(stream, { msg: "process_starts", event_id: "job2" });
    stream.end();
    await expect(second.end).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(questions).toEqual(["job2"]);
  });

  it("ends a stream that the app keeps for nothing", async () => {
    script = { stream: (response) => send(response, completed("job1", "first")) };
    expect(await call(openSession())).toBe("first");
    const stream = streams[0] as ServerResponse;
    expect(stream.closed).toBe(false);
    send(stream, { msg: "heartbeat", event_id: null });
    await expect.poll(() => stream.closed).toBe(true);
  });

  it("waits for a value that is on its way, however slowly it comes", async () => {
    const lastWord = 20;
    const text = `data: ${JSON.stringify(completed("job1", "x".repeat(1000)))}\n\n`;
    script = {
      stream: (response) => {
        send(response, { msg: "heartbeat", event_id: null });
        // Asked after while its value is being sent.
        response.write(text.slice(0, 100));
        const wait = (): void => {
          if (questions.length === 0) setImmediate(wait);
          else setTimeout(() => response.end(text.slice(100)), 10 * lastWord);
        };
        wait();
      },
    };
    expect(await call(openSession({ lastWord }))).toBe("x".repeat(1000));
  });

  it("ends when a message makes no sense, and nothing else does", async () => {
    script = { stream: (response) => response.write('data: {"msg":\n\n') };
    await expect(call(openSession())).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      cause: { code: "INVALID_JSON" },
    });
  });

  it("does not wait for the end of a stream that has reported an error", async () => {
    script = {
      stream: (response) =>
        send(response, { msg: "unexpected_error", event_id: null, message: "Server stopped." }),
    };
    await expect(call(openSession())).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  });

  it("finds out that a job is gone of which a muted stream repeats the beginning", async () => {
    script = {
      stream: (response, count) => {
        if (count === 1) response.destroy();
        else {
          send(response, { msg: "process_starts", event_id: "job1" });
          send(response, { msg: "heartbeat", event_id: null });
        }
      },
    };
    await expect(call(openSession())).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(questions).toEqual(["job1"]);
  });

  it("finds out that a job is gone of which no stream ever spoke", async () => {
    script = { stream: (response) => send(response, { msg: "heartbeat", event_id: null }) };
    await expect(call(openSession())).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(questions).toEqual(["job1"]);
  });

  it("finds out that a job is gone whose stream was muted", async () => {
    script = {
      stream: (response, count) => {
        if (count === 1) response.destroy();
        else send(response, { msg: "heartbeat", event_id: null });
      },
    };
    await expect(call(openSession())).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(questions).toEqual(["job1"]);
  });
});
