/** One line per phase: what it did and how long it took; the output only when it failed. */
import { CommandError, isEnding } from "./processes.mjs";

/** After this long a phase says that it is still at work. */
const SIGN_OF_LIFE_MILLISECONDS = 30_000;

/** @type {string[]} */
const failed = [];

/** What failed so far, by title. */
export const failedPhases = () => [...failed];

/**
 * Runs one phase. Resolves with its value, or rejects after having shown why it failed.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function phase(title, work) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`;
  const timer = setInterval(
    () => console.log(`  ...  ${seconds()}  ${title}`),
    SIGN_OF_LIFE_MILLISECONDS,
  );
  try {
    const value = await work();
    console.log(`${isMissing(value) ? "  none" : "  ok  "} ${seconds()}  ${title}`);
    return value;
  } catch (error) {
    if (isEnding()) throw error;
    failed.push(title);
    console.log(`FAILED ${seconds()}  ${title}`);
    const reason = error instanceof Error ? error.message : String(error);
    const output = error instanceof CommandError ? error.output.trimEnd() : "";
    console.log([reason, output].filter(Boolean).join("\n").replaceAll(/^/gm, "       | "));
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Whether a phase has found out that there is nothing to be had, which is said once more at the end.
 *
 * @param {unknown} value
 */
function isMissing(value) {
  return typeof value === "object" && value !== null && "missing" in value;
}

/**
 * The same for a check whose failure need not stop the others: it is counted, not thrown.
 *
 * @param {string} title
 * @param {() => Promise<unknown>} work
 */
export async function check(title, work) {
  try {
    await phase(title, work);
  } catch {
    // Already shown and counted by `phase`; the remaining checks are worth running.
  }
}
