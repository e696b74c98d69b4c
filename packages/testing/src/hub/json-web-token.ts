import { createHmac, timingSafeEqual } from "node:crypto";

const header = encode({ alg: "HS256", typ: "JWT" });

/** A signed statement that ends `lifetime` seconds from now. */
export function signToken(
  claims: Readonly<Record<string, unknown>>,
  key: string,
  lifetime: number,
): string {
  const now = Math.floor(Date.now() / 1000);
  const content = `${header}.${encode({ ...claims, iat: now, exp: now + lifetime })}`;
  return `${content}.${signatureOf(content, key)}`;
}

/** What a token says; `undefined` when it was not signed with this key, or has ended. */
export function readToken(token: string, key: string): Record<string, unknown> | undefined {
  const [head = "", body = "", signature = ""] = token.split(".");
  const right = Buffer.from(signatureOf(`${head}.${body}`, key));
  const came = Buffer.from(signature);
  if (right.length !== came.length || !timingSafeEqual(right, came)) return undefined;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  return Number(claims["exp"]) * 1000 > Date.now() ? claims : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signatureOf(content: string, key: string): string {
  return createHmac("sha256", key).update(content).digest("base64url");
}
