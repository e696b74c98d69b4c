import { ConnectionError } from "@gradio-kit/client";
import type { Job } from "@gradio-kit/client";
import { expect } from "vitest";
import { rejection } from "../harness/rejection.js";
import type { Bench } from "./bench.js";

/** One fault: a row of docs/reliability.md, and the test of it. */
export interface FaultRow {
  /** What happens: the name of the test. */
  readonly fault: string;
  /** What the caller sees of it. */
  readonly seen: string;
  /** Most times that the function may have run. Default: 1. */
  readonly runs?: number;
  run(bench: Bench): Promise<void>;
}

/** That a job is lost, and says what is known of it; gives the error. */
export async function expectLost(
  job: Pick<Job, "result">,
  known: { readonly mayHaveRun?: boolean; readonly retryable?: boolean } = {},
): Promise<ConnectionError> {
  const error = await rejection(job.result());
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "CONNECTION_LOST", ...known });
  return error as ConnectionError;
}
