import { request as openRequest, type OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";

/** Hands a connection that asks to speak something else on to a server, unread from then on. */
export function tunnel(target: string, headers: OutgoingHttpHeaders, socket: Duplex): void {
  const onward = openRequest(target, { headers, agent: false });
  const close = (): void => void socket.destroy();
  onward.once("upgrade", (answer, far, head) => {
    const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
    for (let at = 0; at < answer.rawHeaders.length; at += 2) {
      lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
    }
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    // What came along with the answer.
    far.unshift(head);
    socket.pipe(far).pipe(socket);
    far.once("error", close);
    far.once("close", close);
    socket.once("close", () => far.destroy());
  });
  // An app that does not want to.
  onward.once("response", (answer) => {
    socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n\r\n`);
    answer.resume();
  });
  onward.once("error", close);
  socket.once("error", () => onward.destroy());
  onward.end();
}
