import { expect, it } from "vitest";
import { legible } from "../../src/core/too-deep.js";
import { GradioError } from "../../src/errors.js";
import { Dice, mutate } from "./mutate.js";
import { readers } from "./readers.js";

/** `npm run fuzz -- --seconds N --seed S` sets them. */
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 2);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
/**
 * Processor time in microseconds. No answer of this size takes so much, however busy the machine is:
 * one that does has found a slow path.
 */
const mostWork = 5_000_000;
const mostMemory = 500 * 1024 * 1024;

it(
  "what a server answers is read or refused: no other exception, no hang, no memory that stays",
  { timeout: seconds * 1000 + 60_000 },
  async () => {
    const heapBefore = process.memoryUsage().heapUsed;
    const end = Date.now() + seconds * 1000;
    let runs = 0;
    for (let round = seed; Date.now() < end; round += 1) {
      for (const reader of readers) {
        const dice = new Dice(round);
        const text = mutate(dice.pick(reader.samples), dice);
        const before = process.cpuUsage();
        try {
          await reader.read(text, dice);
        } catch (error) {
          const told = legible(error);
          if (!(told instanceof GradioError)) {
            throw new Error(`${reader.name}, seed ${round}: ${text}`, { cause: error });
          }
        }
        const { user } = process.cpuUsage(before);
        expect(user, `${reader.name}, seed ${round}: ${text}`).toBeLessThan(mostWork);
        expect("polluted" in {}, `${reader.name}, seed ${round}: ${text}`).toBe(false);
        runs += 1;
      }
    }
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(mostMemory);
    if (process.env["FUZZ_SECONDS"] !== undefined) console.error(`${runs} answers, seed ${seed}`);
  },
);
