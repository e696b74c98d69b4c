import { describe, expect, it } from "vitest";
import {
  initialState,
  reduce,
  type JobEvent,
  type JobState,
  type ValueEncoding,
} from "../../src/core/job-state.js";
import { readMessage } from "../../src/core/messages.js";
import { AppError, CancelledError, ProtocolError } from "../../src/errors.js";

/** Everything that becomes known when a server sends these messages about one job. */
function follow(
  messages: readonly object[],
  encoding: ValueEncoding,
): { events: JobEvent[]; states: JobState[] } {
  let state = initialState;
  const events: JobEvent[] = [];
  const states: JobState[] = [];
  for (const raw of messages) {
    const message = readMessage({ event_id: "job", ...raw });
    if (message?.type !== "job") throw new Error("no message of a job");
    const next = reduce(state, message.body, encoding);
    state = next.state;
    states.push(state);
    if (next.event !== undefined) events.push(next.event);
  }
  return { events, states };
}

function generating(...data: unknown[]): object {
  return { msg: "process_generating", success: true, output: { data, is_generating: true } };
}

function completed(output: object, success = true): object {
  return { msg: "process_completed", success, output };
}

const streaming = { diffs: true, confusesRuns: false, quotesErrors: false, generator: true };
const plain = { ...streaming, generator: false };

describe("a job", () => {
  it("goes from the queue to its value", () => {
    const { events, states } = follow(
      [
        { msg: "estimation", rank: 1, queue_size: 2, rank_eta: 3.5 },
        { msg: "process_starts", eta: 0.5 },
        completed({ data: ["done"] }),
      ],
      plain,
    );
    expect(events).toEqual([
      { type: "queued", rank: 1, queueSize: 2, eta: 3.5 },
      { type: "started" },
      { type: "finished", data: ["done"], isNew: true },
    ]);
    expect(states.map(({ status }) => [status.code, status.rank, status.success])).toEqual([
      ["IN_QUEUE", 1, undefined],
      ["PROCESSING", undefined, undefined],
      ["FINISHED", undefined, true],
    ]);
  });

  it("builds values from edits, and its completion repeats the last one", () => {
    const { events } = follow(
      [
        generating("0", { items: [0] }),
        generating([["append", [], "1"]], [["add", ["items", 1], 1]]),
        generating([], [["delete", ["items", 0], null]]),
        completed({ data: ["01", { items: [0] }] }),
      ],
      streaming,
    );
    expect(events.map((event) => ("data" in event ? event.data : event))).toEqual([
      ["0", { items: [0] }],
      ["01", { items: [0, 1] }],
      ["01", { items: [0] }],
      ["01", { items: [0] }],
    ]);
    expect(events.at(-1)).toMatchObject({ type: "finished", isNew: false });
  });

  it("starts an output at null that was not there before", () => {
    const { events } = follow(
      [generating("a"), generating([["append", [], "b"]], [["replace", [], 7]])],
      streaming,
    );
    expect(events.at(-1)).toMatchObject({ data: ["ab", 7] });
  });

  it("takes a whole value out of edits to a value of another call, and no other edits", () => {
    const confused = { ...streaming, confusesRuns: true };
    const whole = [generating([["replace", [], 0]]), generating([["replace", [], 1]])];
    const datas = follow(whole, confused).events.map((event) => "data" in event && event.data);
    expect(datas).toEqual([[0], [1]]);
    for (const edit of [
      ["append", [], "b"],
      ["delete", [], null],
    ]) {
      expect(() => follow([generating([edit])], confused)).toThrow(ProtocolError);
    }
    expect(() => follow([generating([["replace", [], 0]], [])], confused)).toThrow(ProtocolError);
    expect(follow([generating([], ["a"])], confused).events).toMatchObject([{ data: [[], ["a"]] }]);
    expect(follow([whole[0]!], streaming).events).toMatchObject([{ data: [[["replace", [], 0]]] }]);
  });

  it("takes whole values where the dialect knows no edits", () => {
    const { events } = follow([generating("a"), generating([["append", [], "b"]])], {
      ...streaming,
      diffs: false,
    });
    expect(events.at(-1)).toMatchObject({ data: [[["append", [], "b"]]] });
  });

  it("has no value when a generator yields none, and has one when a function gives null", () => {
    const none = completed({ data: [null] });
    expect(follow([none], streaming).events).toMatchObject([{ type: "finished", isNew: false }]);
    expect(follow([none], plain).events).toMatchObject([{ type: "finished", isNew: true }]);
  });

  it("fails with what gr.Error was told", () => {
    const output = { error: "Oh no!", duration: 3, visible: false, title: "T" };
    const [event] = follow([completed(output, false)], plain).events;
    const error = event?.type === "failed" ? event.error : undefined;
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ message: "Oh no!", duration: 3, visible: false, title: "T" });
  });

  it("fails with advice when the app hides its errors", () => {
    const [event] = follow([completed({ error: null }, false)], plain).events;
    expect(event).toMatchObject({ error: { code: "APP_ERROR" } });
    expect(String(event?.type === "failed" && event.error.message)).toContain("show_error");
  });

  it("was cancelled when its completion has no data", () => {
    const { events, states } = follow([completed({})], plain);
    expect(events).toMatchObject([{ type: "failed", error: expect.any(CancelledError) }]);
    expect(states.at(-1)?.status.code).toBe("CANCELLED");
  });

  it("is not moved by messages that nobody knows", () => {
    const { events, states } = follow([{ msg: "something_new" }], plain);
    expect(events).toEqual([]);
    expect(states).toEqual([initialState]);
  });

  it("reads progress and logs whatever they leave out", () => {
    const { events } = follow(
      [
        { msg: "progress", progress_data: [{ index: 1, length: 4, unit: "u" }, null] },
        { msg: "log", log: "careful", level: "warning", duration: null },
      ],
      plain,
    );
    expect(events).toEqual([
      {
        type: "progress",
        units: [{ index: 1, length: 4, unit: "u", progress: undefined, desc: undefined }],
      },
      {
        type: "log",
        level: "warning",
        title: undefined,
        message: "careful",
        duration: undefined,
        visible: true,
      },
    ]);
  });

  it("takes Python's quotes off the text of an error where the server adds them", () => {
    const failure = { msg: "process_completed", event_id: "a", success: false };
    const told = (error: string, quotesErrors: boolean): unknown => {
      const encoding = { ...plain, diffs: false, quotesErrors };
      const event = follow([{ ...failure, output: { error } }], encoding).events.at(-1);
      return event?.type === "failed" ? event.error.message : event;
    };
    expect(told("'refused: x'", true)).toBe("refused: x");
    expect(told("'refused: x'", false)).toBe("'refused: x'");
    expect(told("refused: x", true)).toBe("refused: x");
  });
});
