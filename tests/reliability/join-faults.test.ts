import { testRows } from "./test-rows.js";
import { joinRows } from "./join-rows.js";

testRows(joinRows);
