/** For workers: a request whose body is the place is answered with the lines, as they come. */
import { runAll } from "./run-all.mjs";
import { scenarios } from "./scenarios.mjs";

export default {
  async fetch(request) {
    const place = await request.json();
    const encoder = new TextEncoder();
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    const tell = (line) => writer.write(encoder.encode(`${line}\n`));
    const run = async () => {
      await runAll(scenarios, place, tell);
      await writer.close();
    };
    // The answer begins before the run does: whoever asked sees how far it came.
    setTimeout(run);
    return new Response(readable);
  },
};
