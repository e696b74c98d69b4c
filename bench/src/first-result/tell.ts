import { resourceUsage } from "node:process";

/** What a program that ends with its first result says of itself. */
export interface FirstResult {
  readonly value: unknown;
  /** Seconds of processor time since the process began. */
  readonly cpu: number;
  /** Seconds on the clock, where only a part of the process counts. */
  readonly wall?: number;
  /** Megabytes. */
  readonly peak: number;
}

/** Says what a result has cost, from the beginning of the process. */
export function tell(value: unknown): void {
  const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
  const told: FirstResult = {
    value,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    peak: maxRSS / 1024,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
