import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { record, type CaseRun, type Way } from "./laennec.js";
import { measure, passes, type Answer, type Ask, type Expected, type Recording } from "./measure.js";

interface Graded {
  readonly status: "graded";
  readonly id: string;
  readonly trap: number;
  readonly title: string;
  readonly runs: Readonly<Record<string, CaseRun>>;
  readonly ask: Ask;
  readonly right: Expected;
  readonly tvb: {
    readonly values: Expected["values"];
    readonly right: boolean;
    readonly expected?: Expected["values"];
    readonly tolerance?: number;
  };
  readonly laennec: { readonly default: "right" | "tvb"; readonly compat: "right" | "tvb" };
}
interface Ungraded {
  readonly status: "not graded";
  readonly id: string;
  readonly trap: number;
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

/** The expected answer made wrong, by more than the tolerance. */
const flipped = ({ values, tolerance }: Expected): Expected =>
  values === "refused"
    ? { values: [1], tolerance: 0 }
    : { values: values.map((x) => (x ?? 0) + 2.5 * tolerance + 1e-6 * Math.abs(x ?? 0) + 1e-300), tolerance };

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
      // The check can fail: the answer made wrong is not met.
      expect(passes(got, flipped(wanted))).toBe(false);
    });
  });
});
