export { createGradioServer, type GradioServer } from "./server.js";
export type { GradioServerOptions } from "./server-options.js";
export type { RecordedRequest } from "./http/request-log.js";
export type { SessionSnapshot } from "./session/session-snapshot.js";
export { endpoint, type ComponentValues, type Endpoint, type EndpointOptions } from "./endpoint.js";
export type {
  Log,
  LogOptions,
  MediaStream,
  ProgressOptions,
  RunContext,
  RunRequest,
} from "./run/run-context.js";
export type { ProgressUnit } from "./queue/messages.js";
export { GradioError, type GradioErrorOptions } from "./gradio-error.js";
export { skip, update, type Update } from "./update.js";
export { validate, type Validation } from "./validation.js";
export type { FileData } from "./file-data.js";
export type {
  Component,
  ComponentApi,
  ComponentOptions,
  JsonSchema,
  PythonType,
} from "./component.js";
export { code, html, markdown, textbox } from "./components/text.js";
export { number, slider, type NumberOptions } from "./components/numbers.js";
export {
  checkbox,
  checkboxGroup,
  dropdown,
  multiDropdown,
  radio,
  type Choice,
  type ChoiceOptions,
} from "./components/choices.js";
export {
  audio,
  downloadButton,
  file,
  files,
  gallery,
  image,
  uploadButton,
  video,
  type GalleryItem,
} from "./components/files.js";
export {
  dataframe,
  highlightedText,
  json,
  label,
  type DataframeValue,
  type HighlightedToken,
  type LabelValue,
} from "./components/data.js";
export {
  chatbot,
  multimodalTextbox,
  type ChatContent,
  type ChatMessage,
  type MultimodalValue,
} from "./components/chat.js";
export { button, layout, state } from "./components/hidden.js";
export { createDemoApp, type DemoAppOptions } from "./demo/demo-app.js";
export { createHub, type Hub } from "./hub/hub.js";
export type { HubCertificate, HubOptions, HubSpaceOptions, HubUser } from "./hub/hub-options.js";
export type { HubSpace } from "./hub/hub-space.js";
export {
  createFaultProxy,
  type FaultProxy,
  type FaultProxyOptions,
  type ProxiedRequest,
} from "./faults/fault-proxy.js";
export type { FaultRule } from "./faults/fault-plan.js";
export type { AnswerBend, AnswerWire, BreakKind, Fault } from "./faults/fault.js";
export {
  answer,
  delay,
  gatewayError,
  redirect,
  reset,
  slowUpload,
  stall,
  tooManyRequests,
  type AnswerOptions,
} from "./faults/request-faults.js";
export {
  cut,
  fallSilent,
  garbleAnswer,
  loseAnswer,
  merge,
  split,
  type AnswerPlace,
  type CutOptions,
} from "./faults/answer-faults.js";
export {
  duplicateMessages,
  editMessages,
  garbleMessage,
  inventMessage,
} from "./faults/message-faults.js";
