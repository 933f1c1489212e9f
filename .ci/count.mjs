// Prints "PASSED FAILED SKIPPED" of a vitest JSON report. A run that failed without a failed test (a file that did not load,
// no report, a timeout) counts as one failure.
// usage: node count.mjs REPORT EXIT_STATUS
import { existsSync, readFileSync } from "node:fs";

const [file = "", status = "0"] = process.argv.slice(2);
const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
const passed = report?.numPassedTests ?? 0;
const failed = report?.numFailedTests ?? 0;
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
const whole = report?.success === true && status === "0";
console.log(passed, whole ? failed : Math.max(1, failed), skipped);
