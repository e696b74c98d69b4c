import { format } from "prettier";
import { expect, test } from "vitest";
import { document } from "./document.js";

test("docs/reliability.md says what the tables of the tests say", async () => {
  const text = await format(document(), { parser: "markdown", printWidth: 100 });
  await expect(text).toMatchFileSnapshot("../../docs/reliability.md");
});
