import { connectRows } from "./connect-rows.js";
import { testRows } from "./test-rows.js";

testRows(connectRows);
