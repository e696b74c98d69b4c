import { expect, it } from "vitest";
import { redactText, redactUrl } from "../../src/core/redact.js";

it.each([
  ["of http://ada:pa55word@proxy:3128.", "of http://[removed]@proxy:3128."],
  ["socks5h://u:p@127.0.0.1:1080", "socks5h://[removed]@127.0.0.1:1080"],
  ["/file=x.png?__sign=eyJh.bGc.iOi&a=1", "/file=x.png?__sign=[removed]&a=1"],
  ["/file=x.png?a=1&__sign=eyJh.bGc.iOi", "/file=x.png?a=1&__sign=[removed]"],
  ["Authorization: Bearer abcdef123456", "Authorization: Bearer [removed]"],
  ["authorization: basic dXNlcjpwYXNz", "authorization: basic [removed]"],
  ["the token hf_abcdefghijklmnopqrst is old", "the token [removed] is old"],
])("takes out what is a secret by its form: %s", (text, clean) => {
  expect(redactText(text)).toBe(clean);
});

it("takes out what is known, wherever it stands", () => {
  expect(redactText("a=s3cret, s3cret", ["s3cret"])).toBe("a=[removed], [removed]");
});

it("leaves everything else", () => {
  const text = "https://example.com/a@b?x=1 mail@example.com Bearer of news";
  expect(redactText(text)).toBe(text);
});

it("keeps of an address what cannot be secret", () => {
  expect(redactUrl("https://a:b@example.com/app?__sign=x#y")).toBe("https://example.com/app");
});
