import {
  answer,
  cut,
  delay,
  fallSilent,
  garbleAnswer,
  gatewayError,
  loseAnswer,
  redirect,
  reset,
  stall,
  tooManyRequests,
} from "@gradio-kit/testing";
import type { Fault } from "@gradio-kit/testing";
import {
  greet,
  hold,
  join,
  steps,
  stream,
  type FaultGroup,
  type PeerFault,
} from "../peer-fault.js";

const first = (fault: () => Fault) => () => [{ ...join, nth: 1, fault: fault() }];
const bothRun = (text: string) => text.split("process_starts").length > 2;
const eve = [greet("Eve")];
const queueFull = () =>
  answer(503, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ detail: "Queue is full. Max size is 1 and size is 1." }),
  });

const notTaken: readonly (readonly [string, () => Fault])[] = [
  ["429 with `Retry-After` in seconds", () => tooManyRequests(0)],
  ["429 with `Retry-After` as a date", () => tooManyRequests(new Date())],
  ["429 without `Retry-After`", () => tooManyRequests()],
  ["503 from a gateway", () => gatewayError(503)],
  ["502 from a gateway", () => gatewayError(502)],
  ["504 from a gateway", () => gatewayError(504)],
  ["a connection that is reset before the app has the call", reset],
];

const answerBroken: readonly (readonly [string, () => Fault])[] = [
  ["is lost", () => loseAnswer()],
  ["arrives in half", () => cut({ bytes: 8 })],
  ["makes no sense", garbleAnswer],
];

/** What happens to the request with which a call joins the queue. */
export const callFaults: FaultGroup = {
  title: "Sending a call",
  rows: [
    {
      fault: "nothing listens when the call is made",
      beforehand: ({ proxy }) => proxy.refuse(),
      meanwhile: async ({ proxy, attempted, until }) => {
        try {
          await until(attempted);
        } finally {
          await proxy.accept();
        }
      },
    },
    ...notTaken.map(([what, fault]): PeerFault => ({
      fault: `${what}, on a call in a new session`,
      rules: first(fault),
    })),
    {
      fault: "429 that asks for a pause of an hour",
      rules: () => [{ ...join, fault: tooManyRequests(3600) }],
    },
    {
      fault: "503 from the app itself: its queue is full",
      rules: () => [{ ...join, fault: queueFull() }],
    },
    ...answerBroken.flatMap(([what, fault]): PeerFault[] => [
      {
        fault: `the answer to a call ${what}, in a new session`,
        rules: first(fault),
      },
      {
        fault: `the answer to a call ${what}, after other calls of the session`,
        before: eve,
        rules: first(fault),
      },
    ]),
    {
      fault: "the answer to a call is lost while another call of the session runs",
      calls: (tag) => [steps(`${tag} beside`, 10), hold(tag)],
      pace: "staggered",
      rules: () => [{ ...join, nth: 2, fault: loseAnswer() }],
    },
    {
      fault: "the answers to two equal calls of one session are lost",
      calls: (tag) => [hold(tag), hold(tag)],
      rules: () => [{ ...join, nth: [1, 2], fault: loseAnswer() }],
      runs: 2,
    },
    {
      fault: "the answers to two different calls of one session are lost",
      calls: (tag) => [hold(tag), greet("Eve")],
      rules: () => [{ ...join, nth: [1, 2], fault: loseAnswer() }],
    },
    {
      fault:
        "the answer to a call is lost after the event stream, on which the call had been spoken of",
      calls: (tag) => [steps(`${tag} beside`, 10), hold(tag)],
      pace: "staggered",
      rules: () => [
        { ...stream, nth: 1, fault: cut({ when: bothRun, how: "hangUp" }) },
        { ...join, nth: 2, fault: fallSilent() },
      ],
      meanwhile: async ({ proxy, until }) => {
        await until(() =>
          proxy.requests.some(({ path, ended }) => ended && path.includes(stream.path)),
        );
        proxy.dropRequests(join);
      },
      ends: "later",
    },
    {
      fault:
        "a connection that is reset before the app has the call, after other calls of the session",
      before: eve,
      rules: first(reset),
    },
    {
      fault: "a call that is never taken, however often it is sent",
      rules: () => [{ ...join, fault: reset() }],
    },
    {
      fault: "a server that takes the call and never answers",
      rules: first(stall),
      limit: 5_000,
    },
    {
      fault: "a redirect of the call (307, same site)",
      rules: first(() => redirect("/gradio_api/queue/join")),
    },
    { fault: "everything takes its time", rules: () => [{ fault: delay(150) }] },
  ],
};
