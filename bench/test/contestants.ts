import { expect } from "vitest";
import { temporaryFolder } from "../../tests/harness/temporary-folder.js";
import { Contestant, type ContestantName } from "../dist/contestant.js";
import { endpointsOf } from "../dist/expected.js";
import type { ProgramName } from "../dist/programs.js";
import type { Round } from "../dist/turn.js";

const roundLimit = 100;

/** A contestant at the stub, in a process of its own, whose every value is expected to be right. */
export interface Entered extends AsyncDisposable {
  /** @param weighs whether it tells what is held once garbage was collected. */
  round(count: number, weighs?: boolean): Promise<Round>;
}

/** Has a contestant of the benchmark ready for one of its programs, at this address of the stub. */
export async function enter(
  name: ContestantName,
  program: ProgramName,
  url: string,
): Promise<Entered> {
  const folder = await temporaryFolder();
  const task = { program, url, endpoints: endpointsOf("stub", "small"), folder: folder.path };
  const launcher = { python: "", temporary: folder.path, nodeParameters: [] };
  const contestant = await Contestant.start(name, task, launcher);
  return {
    round: async (count, weighs = false) => {
      const round = await contestant.round(count, roundLimit, { weighs });
      const { wrong, lost, failure } = round;
      expect({ wrong, lost, failure }).toEqual({ wrong: 0, lost: 0, failure: undefined });
      return round;
    },
    [Symbol.asyncDispose]: async () => {
      await contestant.end();
      await folder[Symbol.asyncDispose]();
    },
  };
}
