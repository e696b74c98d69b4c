import { testRows } from "./test-rows.js";
import { streamRows } from "./stream-rows.js";

testRows(streamRows);
