import { callFaults } from "./faults/call-faults.js";
import { connectFaults } from "./faults/connect-faults.js";
import { restartFaults } from "./faults/restart-faults.js";
import { stops } from "./faults/stops.js";
import { streamFaults } from "./faults/stream-faults.js";
import { transferFaults } from "./faults/transfer-faults.js";
import type { FaultGroup } from "./peer-fault.js";

/** Everything that is put before the clients, in the order of docs/reliability.md. */
export const faultGroups: readonly FaultGroup[] = [
  connectFaults,
  callFaults,
  streamFaults,
  restartFaults,
  transferFaults,
  stops,
];
