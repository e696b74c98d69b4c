import type { RecordedRequest } from "../http/request-log.js";
import type { HubSpaceOptions } from "./hub-options.js";
import { StageScript } from "./stage-script.js";

/** A Space of the Hub, and what was done with it. */
export class HubSpace {
  /** `user/name`. */
  readonly id: string;
  /** The first part of its host name. */
  readonly subdomain: string;
  /** The stages that it goes through. */
  readonly script: StageScript;
  /** What it was made from. */
  readonly options: HubSpaceOptions;
  /** Whether only its owner may see it. */
  private: boolean;
  /** What it runs on. */
  hardware: string;
  /** What was asked for last; the Space runs on it from its next start. */
  requestedHardware: string;
  /** Seconds without a request after which it goes to sleep; `undefined`: as the hardware has it. */
  sleepTime: number | undefined;
  /** Its secrets, by name. */
  readonly secrets: Map<string, string> = new Map();
  /** Its variables, by name. */
  readonly variables: Map<string, string> = new Map();
  /** Where it is served, without a slash at the end. */
  url = "";
  /** The requests that came to the Space itself, oldest first. */
  readonly requests: RecordedRequest[] = [];

  constructor(id: string, options: HubSpaceOptions) {
    this.id = id;
    this.subdomain = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    this.options = options;
    this.script = new StageScript(options.stages ?? ["RUNNING"]);
    this.private = options.private ?? false;
    this.hardware = options.hardware ?? "cpu-basic";
    this.requestedHardware = this.hardware;
  }

  /** The user or organization it belongs to. */
  get owner(): string {
    return this.id.split("/")[0] ?? "";
  }

  /** The stage it is in now. */
  get stage(): string {
    return this.script.current;
  }

  /** Sends it through other stages from now on, as `stages` in the options does. */
  setStages(stages: readonly string[]): void {
    this.script.set(stages);
  }

  /** Its addresses, one per replica. */
  get replicas(): readonly string[] {
    return [this.options.app ?? []].flat().map((url) => url.replace(/\/+$/, ""));
  }
}
