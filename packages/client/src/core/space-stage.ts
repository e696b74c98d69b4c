/** The stages of a Space that the Hub is known to report; a later one may come as well. */
export type SpaceStage =
  | "NO_APP_FILE"
  | "CONFIG_ERROR"
  | "BUILDING"
  | "BUILD_ERROR"
  | "APP_STARTING"
  | "RUNNING"
  | "RUNNING_BUILDING"
  | "RUNNING_APP_STARTING"
  | "RUNTIME_ERROR"
  | "SLEEPING"
  | "STOPPED"
  | "PAUSED"
  | "DELETING"
  | (string & {});

/** What a stage means for somebody who wants to use the app. */
export interface StageMeaning {
  readonly kind: "ready" | "asleep" | "starting" | "failed";
  /** How it goes on after "The Space … ". */
  readonly text: string;
}

const meanings: Readonly<Record<string, StageMeaning>> = {
  BUILDING: { kind: "starting", text: "is being built" },
  APP_STARTING: { kind: "starting", text: "is starting" },
  SLEEPING: { kind: "asleep", text: "is asleep and is being woken" },
  STOPPED: { kind: "asleep", text: "is stopped and is being woken" },
  PAUSED: { kind: "failed", text: "is paused: only its owner can restart it" },
  NO_APP_FILE: { kind: "failed", text: "has no app file" },
  CONFIG_ERROR: { kind: "failed", text: "has a mistake in its configuration" },
  BUILD_ERROR: { kind: "failed", text: "could not be built" },
  RUNTIME_ERROR: { kind: "failed", text: "broke while it ran" },
  DELETING: { kind: "failed", text: "is being deleted" },
};

/** A stage that is not known does not stand in the way: the app itself tells whether it answers. */
export function meaningOf(stage: string): StageMeaning {
  return Object.hasOwn(meanings, stage)
    ? (meanings[stage] as StageMeaning)
    : { kind: "ready", text: "is running" };
}
