import type { AppFunction, PlacedComponent } from "../app-function.js";
import { receiveFiles } from "../files/input-files.js";
import { SessionState } from "../session/state-store.js";
import type { Caller } from "./caller.js";
import type { Runtime } from "./runtime.js";

/** The State a call reads and writes: its session's, or a fresh one for a call without session. */
export function stateOf(caller: Caller, runtime: Runtime): SessionState {
  return caller.sessionHash === undefined
    ? new SessionState()
    : runtime.state.open(caller.sessionHash);
}

/**
 * Turns the wire's values into what `run` receives. Values too many are ignored. Throws what the
 * caller shall see.
 */
export async function unpackInputs(
  { inputs, apiName }: AppFunction,
  caller: Caller,
  runtime: Runtime,
  state: SessionState = stateOf(caller, runtime),
): Promise<unknown[]> {
  const { data } = caller;
  if (data.length < inputs.length) {
    throw new Error(
      `An event handler (${apiName}) didn't receive enough input values (needed: ${inputs.length}, got: ${data.length}).`,
    );
  }
  const unpack = async (input: PlacedComponent, payload: unknown): Promise<unknown> => {
    if (input.component.stateful) return state.get(input);
    return receiveFiles(input.component.preprocess(payload ?? null), runtime.files);
  };
  return Promise.all(inputs.map((input, position) => unpack(input, data[position])));
}
