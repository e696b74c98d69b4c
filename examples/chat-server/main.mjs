/**
 * Streams a chat app to browsers: `node main.mjs [address]`. The app has an endpoint `/chat` that
 * takes a message and yields the answer as it grows, as `gr.ChatInterface` has. The browser never sees
 * the app: addresses, logins and tokens stay here.
 */
import { readFile } from "node:fs/promises";
import { argv, env } from "node:process";
import { serve } from "@hono/node-server";
import { Client, GradioError } from "@gradio-kit/client";
import { Hono } from "hono";
import { stream } from "hono/streaming";

const [, , src = "http://127.0.0.1:7860"] = argv;
const page = await readFile(new URL("page.html", import.meta.url), "utf8");

/** One client for each conversation: what was said before lives in its session. */
const clients = new Map();

function clientOf(conversation) {
  let client = clients.get(conversation);
  if (client === undefined) {
    client = Client.connect(src, { verbose: false });
    clients.set(conversation, client);
    // The next message tries again.
    client.catch(() => clients.delete(conversation));
  }
  return client;
}

const server = new Hono();

server.get("/", (context) => context.html(page));

// A line of JSON for each state of the answer, and one for an error.
server.post("/chat/:conversation", async (context) => {
  const { message } = await context.req.json();
  return stream(context, async (lines) => {
    const tell = (line) => lines.writeln(JSON.stringify(line));
    try {
      const client = await clientOf(context.req.param("conversation"));
      const job = client.submit("/chat", { message });
      // Whoever leaves the page stops the app as well.
      lines.onAbort(() => void job.cancel());
      for await (const answer of job) await tell({ answer });
    } catch (error) {
      await tell({ error: error instanceof GradioError ? error.message : "Something went wrong." });
    }
  });
});

server.delete("/chat/:conversation", async (context) => {
  const conversation = context.req.param("conversation");
  const client = await clients.get(conversation);
  clients.delete(conversation);
  await client?.close();
  return context.body(null, 204);
});

serve({ fetch: server.fetch, hostname: "127.0.0.1", port: Number(env["PORT"] ?? 3000) }, (place) =>
  console.log(`http://127.0.0.1:${place.port}`),
);
