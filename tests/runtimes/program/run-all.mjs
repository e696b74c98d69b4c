const LIMIT_MILLISECONDS = 20_000;

/**
 * Runs every scenario and tells the outcome of each as one line of JSON.
 *
 * @template Place
 * @param {Record<string, (place: Place) => Promise<void>>} scenarios
 * @param {Place} place
 * @param {(line: string) => void} tell
 */
export async function runAll(scenarios, place, tell) {
  for (const [scenario, body] of Object.entries(scenarios)) {
    let timer;
    const limit = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error("it takes too long")), LIMIT_MILLISECONDS);
    });
    try {
      await Promise.race([body(place), limit]);
      tell(JSON.stringify({ scenario }));
    } catch (error) {
      // The outcome of a test is data here: the one who started us judges.
      tell(JSON.stringify({ scenario, error: describe(error) }));
    } finally {
      clearTimeout(timer);
    }
  }
}

function describe(error) {
  const lines = [];
  for (let at = error, depth = 0; at !== undefined && depth < 4; at = at.cause, depth += 1) {
    lines.push(at instanceof Error ? `${at.name}: ${at.message}\n${at.stack}` : String(at));
  }
  return lines.join("\nbecause of ");
}
