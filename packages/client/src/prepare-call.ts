import type { PreparedCall } from "./call.js";
import { checkOptions } from "./check-options.js";
import type { ConnectedApp } from "./connect.js";
import { InputError } from "./errors.js";
import type { Endpoint } from "./core/endpoint.js";
import { bindArguments } from "./core/arguments.js";
import { collectFiles, isFileInput, type FileInput } from "./core/file-walk.js";
import { checkValues } from "./core/values.js";
import { readHeaders } from "./headers.js";
import { retryPolicyOf } from "./io/retry.js";
import { checkFiles } from "./io/check-files.js";
import type { CallOptions } from "./options.js";
import { directoryOf } from "./result-directory.js";

/** A call that may be sent, and what its caller wants besides. */
export interface ReadCall {
  readonly call: PreparedCall;
  readonly options: CallOptions;
}

/**
 * Reads the arguments of `predict` and `submit`: endpoint (which may be left out), inputs, options.
 * Sends nothing.
 *
 * @throws InputError when one of them is not right.
 */
export function prepareCall(args: readonly unknown[], app: ConnectedApp): ReadCall {
  const [first, second, third] = args;
  const named = typeof first === "string" || typeof first === "number";
  const options = ((named ? third : second) ?? {}) as CallOptions;
  checkOptions(options, "the call");
  const endpoint = app.table.resolve(named ? first : undefined);
  const data = bindArguments(endpoint, named ? second : first);
  const { disk } = app.platform;
  const files = filesIn(endpoint, data);
  checkFiles(files, disk);
  const call: PreparedCall = {
    endpoint,
    data,
    eventData: options.eventData,
    triggerId: options.triggerId,
    oauthToken: endpoint.acceptsOAuthToken ? options.oauthToken : undefined,
    headers: headersOf(options, app),
    directory: directoryOf(options.downloadFiles, disk, app.directory),
    retry: retryPolicyOf(options.retry, app.retry),
    idempotent: options.idempotent === true,
    hasFiles: files.length > 0,
  };
  return { call, options };
}

function headersOf(
  { headers }: CallOptions,
  { visitorHeaders, transport }: ConnectedApp,
): Readonly<Record<string, string>> {
  const forVisitor = visitorHeaders();
  if (headers === undefined) return forVisitor;
  return { ...forVisitor, ...readHeaders(headers, transport) };
}

/** Checks the values of a call, and finds the files among them. */
function filesIn(endpoint: Endpoint, data: readonly unknown[]): FileInput[] {
  try {
    checkValues(endpoint, data, isFileInput);
    return collectFiles(data);
  } catch (error) {
    // Values are looked at level by level: no app takes what is so deep that the stack ends before.
    if (!(error instanceof RangeError)) throw error;
    throw new InputError("INVALID_ARGUMENT", "An argument is nested too deeply.", error);
  }
}
