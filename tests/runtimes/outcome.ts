/** What a run of the program in one runtime gave. */
export interface Outcome {
  /** The error of each scenario that was told of; `undefined`: it went well. */
  readonly told: ReadonlyMap<string, string | undefined>;
  /** How it ended, for those that are missing. */
  readonly end: string;
  /** Whether it came to its end by itself, and in good order. */
  readonly endedWell: boolean;
}

/** What a run of the program needs to know. */
export interface Place {
  readonly url: string;
  readonly nowhere: string;
  readonly folder?: string;
}

/** Reads the lines of the program; others, such as warnings of the runtime, are left out. */
export function readOutcome(text: string, endedWell: boolean, end: string): Outcome {
  const told = new Map<string, string | undefined>();
  for (const line of text.split("\n").filter((candidate) => candidate.startsWith("{"))) {
    const { scenario, error } = JSON.parse(line) as { scenario: string; error?: string };
    told.set(scenario, error);
  }
  return { told, endedWell, end };
}
