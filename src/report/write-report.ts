import { reportInput } from "../experiment/report-input.js";
import { readResult } from "../experiment/read-result.js";
import { renderReport } from "./report.js";
import type { Disk } from "../storage/disk.js";

/** Draws the report of a result folder. Returns where it lies. @throws Fault FILE, DATA, OUTPUT */
export async function writeReport(disk: Disk, folder: string, path: string): Promise<string> {
  const html = await renderReport(reportInput(await readResult(disk, folder)));
  await disk.write(path, new TextEncoder().encode(html));
  return path;
}
