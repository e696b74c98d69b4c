import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/soak.mjs", import.meta.url));

test(
  "a client that works for a while loses no value, and does not grow",
  { timeout: 110_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, "--seconds", "8"]);
    expect(JSON.parse(stdout)).toMatchObject({ wrong: 0, findings: [] });
  },
);
