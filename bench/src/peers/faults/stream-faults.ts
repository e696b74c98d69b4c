import {
  cut,
  editMessages,
  fallSilent,
  gatewayError,
  inventMessage,
  loseAnswer,
  reset,
} from "@gradio-kit/testing";
import type { Fault } from "@gradio-kit/testing";
import { block, isNoted, isQueued, isRunning } from "../moments.js";
import type { Stage } from "../stage.js";
import { greet, hold, steps, stream, type FaultGroup, type PeerFault } from "../peer-fault.js";

const first = (fault: Fault) => () => [{ ...stream, nth: 1, fault }];
const isEnd = (text: string): boolean => /process_completed|close_stream/.test(text);
const beats = (text: string): number => text.split('"heartbeat"').length - 1;
const error = (sessionNotFound: boolean, message: string) => ({
  msg: "unexpected_error",
  event_id: null,
  session_not_found: sessionNotFound,
  message,
});

const drop = ({ proxy, until }: Stage, how?: "hangUp") =>
  until(() => proxy.dropRequests(stream, how) > 0);

/** What happens to the event stream of a session. */
export const streamFaults: FaultGroup = {
  title: "The event stream",
  rows: [
    ...([502, 503, 504] as const).map((status): PeerFault => ({
      fault: `a gateway refuses the event stream twice (${status})`,
      rules: () => [{ ...stream, nth: [1, 2], fault: gatewayError(status) }],
    })),
    {
      fault: "the event stream is reset twice before it reaches the app",
      rules: () => [{ ...stream, nth: [1, 2], fault: reset() }],
    },
    {
      fault: "the event stream is reset after the app opened it, before its first byte",
      rules: first(loseAnswer("begun")),
    },
    {
      fault: "the event stream is dropped while the call waits in the queue",
      calls: (tag, peer) => [{ ...hold(tag), endpoint: `/wait_in_turn_${peer}` }],
      beforehand: (stage) => block(stage, "wait_in_turn"),
      meanwhile: async (stage) => {
        await isQueued(stage);
        await drop(stage);
      },
      ends: "later",
    },
    {
      fault: "the event stream is dropped while the function runs",
      meanwhile: async (stage) => {
        await isRunning(stage);
        await drop(stage);
      },
      ends: "later",
    },
    {
      fault: "the event stream ends without the end of its body while the function runs",
      meanwhile: async (stage) => {
        await isRunning(stage);
        await drop(stage, "hangUp");
      },
      ends: "later",
    },
    {
      fault: "the event stream is dropped between values of a generator",
      calls: (tag) => [steps(tag, 30)],
      meanwhile: async (stage) => {
        await isNoted(stage, 4);
        await drop(stage);
      },
    },
    {
      fault: "the event stream is dropped after the end of the call was read",
      rules: () => [
        { ...stream, fault: cut({ when: (text) => text.includes("process_completed") }) },
      ],
    },
    {
      fault: "every event stream is dropped after 2 s, for good",
      calls: (tag) => [greet("Ada"), greet("Bob"), greet("Cy"), hold(tag)],
      pace: "in turn",
      rules: () => [{ ...stream, fault: cut({ milliseconds: 2_000 }) }],
      meanwhile: (stage) => stage.pause(2_000),
      ends: "later",
    },
    {
      fault: "the event stream ends as if it were complete while the function runs",
      rules: first(cut({ when: (text) => text.includes("process_starts"), how: "end" })),
      ends: "later",
    },
    {
      fault: "a half-open connection: the event stream falls silent",
      rules: () => [{ ...stream, fault: fallSilent({ when: (text) => beats(text) === 2 }) }],
      // The second heartbeat comes after four seconds.
      meanwhile: (stage) => stage.pause(6_000),
      ends: "later",
    },
    {
      fault: "the end of a call is lost on the way; from then on there are only heartbeats",
      rules: first(editMessages((text) => (isEnd(text) ? [] : [text]))),
    },
    {
      fault: "the app says that it is stopping",
      rules: first(inventMessage(1, error(false, "Server stopped unexpectedly."))),
      ends: "later",
    },
    {
      fault: "the app no longer knows the session",
      rules: first(inventMessage(1, error(true, "404: Not Found"))),
      ends: "later",
    },
  ],
};
