/**
 * Posts a form by `XMLHttpRequest`, which unlike `fetch` tells how much of it has been sent.
 *
 * @param onProgress told the bytes sent and those in all, the frame of the form included.
 */
export function postForm(
  url: string,
  { headers, signal, credentials }: RequestInit,
  form: FormData,
  onProgress: (sent: number, all: number) => void,
): Promise<Response> {
  const request = new XMLHttpRequest();
  const stop = (): void => request.abort();
  return new Promise<Response>((resolve, reject) => {
    request.open("POST", url);
    request.responseType = "arraybuffer";
    request.withCredentials = credentials === "include";
    for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      try {
        onProgress(loaded, total);
      } catch (error) {
        reject(error as Error);
        request.abort();
      }
    });
    request.addEventListener("load", () => resolve(responseOf(request)));
    request.addEventListener("error", () => reject(new TypeError("The upload failed.")));
    request.addEventListener("abort", () => reject(signal?.reason as Error));
    signal?.addEventListener("abort", stop);
    request.send(form);
  }).finally(() => signal?.removeEventListener("abort", stop));
}

function responseOf(request: XMLHttpRequest): Response {
  const body = request.response as ArrayBuffer;
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split("\r\n")) {
    const [name = "", ...value] = line.split(":");
    if (name !== "") headers.append(name, value.join(":").trim());
  }
  // A status such as 204 has no body, not even an empty one.
  return new Response(body.byteLength === 0 ? null : body, { status: request.status, headers });
}
