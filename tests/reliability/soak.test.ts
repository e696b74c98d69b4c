import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/soak.mjs", import.meta.url));

test(
  "a client that works for a while loses no value, and does not grow",
  { timeout: 110_000 },
  async () => {
    const parameters = [script, "--seconds", "8"];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, parameters).catch(
      // With findings it ends with code 1, and has told them like any others.
      (error: { stdout: string; stderr: string }) => error,
    );
    expect(stdout, stderr).not.toBe("");
    expect(JSON.parse(stdout), stderr).toMatchObject({ wrong: 0, findings: [] });
  },
);
