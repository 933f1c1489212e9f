import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./sources.js";

/** Written in pieces, or this file would find itself. */
const pattern = (...pieces: readonly string[]) => new RegExp(pieces.join(""), "i");
const unwanted: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "a folder of someone's machine",
    pattern("(^|[\\s\"'`(=:])/", "(work|root|home|Users|opt/peers)/(?!(someone|anne|you)/)"),
  ],
  ["a folder of someone's machine", pattern("[A-Z]:\\\\", "\\\\?Users\\b")],
  [
    "a registry's address",
    pattern("registry\\.npm", "js|registry\\.yarn", "pkg|files\\.python", "hosted|//py", "pi\\.org|deb\\.deb", "ian"),
  ],
  ["a password or key", pattern("BEGIN [A-Z ]*PRIVATE", " KEY|_authTo", "ken|gh[pousr]_[A-Za-z0-9]{30}")],
];

/** What is wrong in one text, in words. */
function unwantedIn(file: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, number) =>
      unwanted.filter(([, bad]) => bad.test(line)).map(([what]) => `${file}:${number + 1}: ${what}`),
    );
}

/** Tracked files that are there. */
function files(): string[] {
  const list = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  return list.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
}

const isText = (bytes: Buffer): boolean => !bytes.subarray(0, 8000).includes(0);

describe("the files of the repository", () => {
  it("name no folder, address or secret of the machine they were made on", () => {
    const list = files();
    expect(list.length).toBeGreaterThan(20);
    const complaints = list.flatMap((file) => {
      const bytes = readFileSync(join(root, file));
      return isText(bytes) ? unwantedIn(file, bytes.toString("utf8")) : [];
    });
    expect(complaints).toEqual([]);
  });

  it("are small: what is large is made by a script, or lies elsewhere", () => {
    const large = files().filter((file) => statSync(join(root, file)).size > 2 ** 21);
    expect(large).toEqual([]);
  });
});

describe("the test of the files", () => {
  it.each([
    ["see /ro", "ot/notes.txt"],
    ['"/ho', 'me/ana/brain.zip"'],
    ["https://registry.npm", "js.org/mathjs"],
    ["path=/wo", "rk/main"],
    ["C:\\Us", "ers\\ana"],
  ])("finds %s…", (left, right) => {
    expect(unwantedIn("a.md", `first\n${left}${right}`)).toHaveLength(1);
  });

  it.each(["network/home", "https://doi.org/10.1103/PhysRevX.5.021028", "src/work/a.ts", "at the root"])(
    "is content with %s",
    (text) => {
      expect(unwantedIn("a.md", text)).toEqual([]);
    },
  );
});
