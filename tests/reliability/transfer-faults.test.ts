import { testRows } from "./test-rows.js";
import { transferRows } from "./transfer-rows.js";

testRows(transferRows);
