import { greet, hold, steps, type PeerFault } from "../peer-fault.js";
import { echo, file, upload } from "./transfer-faults.js";

/** Nothing is broken. */
export const soundness: PeerFault = {
  fault: "nothing is broken",
  before: [greet("Eve")],
  calls: (tag) => [hold(tag), steps(tag, 4), echo, upload, file],
  pace: "in turn",
  runs: 2,
};
