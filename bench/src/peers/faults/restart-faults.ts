import { loseAnswer, stall } from "@gradio-kit/testing";
import { block, isNoted, isQueued, isRunning } from "../moments.js";
import { hold, join, stream, type FaultGroup } from "../peer-fault.js";
import type { Call } from "../task.js";

const visit: Call = { endpoint: "/increment", inputs: [], wants: "value", right: 1 };

/** What becomes of calls when the process of the app ends and another one takes its place. */
export const restartFaults: FaultGroup = {
  title: "Restarts",
  rows: [
    {
      restarts: true,
      fault: "the app is restarted while the function runs",
      meanwhile: async (stage) => {
        await isRunning(stage);
        await stage.restart();
      },
      ends: "later",
    },
    {
      restarts: true,
      fault: "the app is restarted while the call waits in the queue",
      calls: (tag, peer) => [{ ...hold(tag), endpoint: `/wait_in_turn_${peer}` }],
      beforehand: (stage) => block(stage, "wait_in_turn"),
      meanwhile: async (stage) => {
        await isQueued(stage);
        await stage.restart();
      },
      ends: "later",
    },
    {
      restarts: true,
      fault: "the app takes the call and is restarted before its answer arrives",
      rules: () => [
        { ...join, nth: 1, fault: loseAnswer() },
        { ...stream, fault: stall() },
      ],
      meanwhile: async (stage) => {
        await isNoted(stage, "started");
        await stage.restart();
        stage.proxy.heal();
        stage.proxy.dropRequests(stream);
      },
      ends: "later",
    },
    {
      restarts: true,
      fault: "the app is restarted between two calls of a session",
      app: "visits",
      before: [visit],
      calls: () => [visit, { ...visit, right: 2 }],
      pace: "in turn",
      beforehand: (stage) => stage.restart(),
    },
  ],
};
