/** The public names that are the same in every runtime; `Client` comes with the platform. */
export { BaseClient } from "./client.js";
export type {
  AppSpec,
  CallArguments,
  EndpointName,
  EndpointSpec,
  Inputs,
  OpenApp,
  OpenEndpoint,
  SoleInputs,
  SoleResult,
} from "./core/app-spec.js";
export type { AppOutline, EndpointOutline, InputOutline } from "./core/app-outline.js";
export type { AppConfig, Component, Dependency, Visibility } from "./core/config.js";
export type { EndpointInfo, ParameterInfo, ReturnInfo } from "./core/endpoint.js";
export type { FileData } from "./core/file-data.js";
export {
  file,
  type FileHandle,
  type FileOptions,
  type FileSource,
  handleFile,
} from "./core/file-handle.js";
export type { FileInput } from "./core/file-walk.js";
export { GradioFile } from "./core/gradio-file.js";
export type { JsonObject, JsonValue } from "./core/json.js";
export type { JobUpdate, LogMessage, ProgressUnit, Status, StatusUpdate } from "./core/status.js";
export type { TransferOptions, TransferProgress } from "./core/transfer.js";
export type { SpaceStage } from "./core/space-stage.js";
export type { SpaceStatus } from "./hub/space-facts.js";
export type { SpaceStatusOptions } from "./space-status.js";
export type { ViewApi } from "./core/view-api.js";
export {
  AppError,
  AuthenticationError,
  CancelledError,
  ConnectionError,
  type ConnectionErrorCode,
  GradioError,
  HttpError,
  InputError,
  type InputErrorCode,
  type ParameterProblem,
  ProtocolError,
  type ProtocolErrorCode,
  QueueFullError,
  QuotaError,
  SpaceError,
  TimeoutError,
  TooManyRequestsError,
  UploadError,
  ValidationError,
} from "./errors.js";
export type { Bounds } from "./io/deadline.js";
export type { ConnectionSettings, Pem } from "./io/platform.js";
export type { RetryPolicy } from "./io/retry.js";
export type { ServedRequest } from "./io/platform.js";
export { Job } from "./job.js";
export type {
  CallOptions,
  ClientOptions,
  DuplicateOptions,
  HeaderInput,
  HttpOptions,
  ResultCallback,
  UploadOptions,
  ViewApiOptions,
} from "./options.js";
