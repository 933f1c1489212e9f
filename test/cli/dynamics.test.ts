import { describe, expect, it } from "vitest";
import { diskWith, laennec, tree } from "./fake-io.js";

const fold = `id: fold
time: dimensionless
state: {x: {start: [-2, 2]}}
parameters: {mu: {default: 1, range: [-1, 4]}}
inputs: {c: {}}
sends: [x]
equations: {x: mu + c - x^2}
`;
const hopf = `id: <b>hopf
time: dimensionless
state: {x: {start: [-2, 2]}, y: {start: [-2, 2]}}
parameters: {mu: {default: 0.5}}
equations: {x: mu * x - 2 * y - x * (x^2 + y^2), y: 2 * x + mu * y - y * (x^2 + y^2)}
`;
const experiment =
  "connectome: {synthetic: {regions: 4}}\nmodel: montbrio-pazo-roxin\nduration: 20\ntransient: 20\nseed: 2\n";
const files = { "fold.yaml": fold, "hopf.yaml": hopf.replace("<b>", ""), "e.yaml": experiment };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("laennec dynamics", () => {
  it("prints fixed points of a model file, with an input held, and writes nothing", async () => {
    const disk = await diskWith(files);
    const before = await tree(disk);
    const { status, out, err } = await laennec(["dynamics", "fold.yaml", "--input", "c=3"], { disk });
    expect([status, err]).toEqual([0, ""]);
    expect(out).toMatch(/2 fixed points from \d+ starts.*others may exist/);
    expect(out).toMatch(/-2 +unstable node +4\n.* 2 +stable node +-4/);
    expect(await tree(disk)).toEqual(before);
    const { fixed_points: found } = JSON.parse(
      (await laennec(["dynamics", "fold.yaml", "--input", "c=3", "--json"], { disk })).out,
    ) as { fixed_points: { points: { state: number[]; class: string }[] } };
    expect(found.points.map(({ state, class: name }) => [state[0]?.toFixed(9), name])).toEqual([
      ["-2.000000000", "unstable node"],
      ["2.000000000", "stable node"],
    ]);
  });

  it("writes pictures and data of a plane and of a continuation, and keeps what is there", async () => {
    const disk = await diskWith(files);
    const argv = [
      "dynamics",
      "hopf.yaml",
      "--plane",
      "x,y",
      "--continue",
      "mu",
      "--from=-1",
      "--to",
      "1",
      "--out",
      "d",
    ];
    const { status, out, err } = await laennec(argv, { disk });
    expect([status, err]).toEqual([0, ""]);
    expect(out).toMatch(/hopf +0 +0 +0 +supercritical, 318\.31 Hz/);
    for (const name of ["plane-x-y.svg", "continuation-mu.svg"]) {
      const svg = text(await disk.read(`d/${name}`));
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>\n$/);
      expect(svg).not.toMatch(/NaN|Infinity|<script|href=/);
    }
    const [header = "", ...rows] = text(await disk.read("d/continuation-mu.csv"))
      .trim()
      .split("\n");
    expect(header).toBe("branch,mu,x,y,unstable_eigenvalues,special,re_1,im_1,re_2,im_2");
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) {
      const [, mu, , , unstable, special, re] = row.split(",");
      expect(Number(re)).toBeCloseTo(Number(mu), 8);
      if (special === "") expect(unstable).toBe(Number(mu) > 0 ? "2" : "0");
    }
    const before = await tree(disk);
    const again = await laennec(argv, { disk });
    expect([again.status, again.err.split("  ")[0]]).toEqual([65, "OUTPUT"]);
    expect(await tree(disk)).toEqual(before);
    expect((await laennec([...argv, "--force"], { disk })).status).toBe(0);
  });

  it("scans a mass up and down: the fold normal form with a cubic keeps its branch until the fold", async () => {
    const disk = await diskWith({ "c.yaml": fold.replace("mu + c - x^2", "mu + c + x - x^3") });
    const { status, out, err } = await laennec(
      ["dynamics", "c.yaml", "--scan", "mu", "--from=-1", "--to", "1", "--steps", "21", "--dt", "0.05", "--time", "60"],
      { disk },
    );
    expect([status, err]).toEqual([0, ""]);
    // Folds at ±2 / √27 = ±0.385; the values are 0.1 apart.
    expect(out).toMatch(/hysteresis from -0\.3 to 0\.3/);
    const rows = text(await disk.read("dynamics/scan-mu.csv"))
      .trim()
      .split("\n")
      .slice(1);
    const meanAt = (way: string, mu: number) =>
      Number(
        rows.map((row) => row.split(",")).find((row) => row[0] === way && Math.abs(Number(row[1]) - mu) < 1e-9)?.[2],
      );
    expect(meanAt("up", 0)).toBeCloseTo(-1, 3);
    expect(meanAt("down", 0)).toBeCloseTo(1, 3);
  });

  it("gives the exponents of a mass, and of an experiment's network", async () => {
    const disk = await diskWith(files);
    const mass = await laennec(["dynamics", "hopf.yaml", "--lyapunov", "--dt", "0.01", "--time", "40", "--json"], {
      disk,
    });
    const { lyapunov } = JSON.parse(mass.out) as { lyapunov: { exponents: number[] } };
    expect(lyapunov.exponents[0]).toBeCloseTo(0, 2);
    expect(lyapunov.exponents[1]).toBeCloseTo(-1, 2);
    const network = await laennec(
      ["dynamics", "e.yaml", "--lyapunov", "--json", "--set", "coupling.id=linear", "--set", "coupling.a=0"],
      { disk },
    );
    // Without coupling, the slowest rate of the fixed points that the regions settle on.
    const { lyapunov: largest } = JSON.parse(network.out) as { lyapunov: { largest: number } };
    expect(largest.largest).toBeCloseTo(-0.30886, 2);
  });

  it.each([
    [["nothing"], 65, "EXPERIMENT"],
    [["missing.yaml"], 65, "FILE"],
    [["fold.yaml", "--set", "nu=1"], 65, "EXPERIMENT"],
    [["fold.yaml", "--set", "mu"], 2, "USAGE"],
    [["fold.yaml", "--set", "mu=[1,2]"], 2, "USAGE"],
    [["fold.yaml", "--set", "mu=9"], 65, "RANGE"],
    [["fold.yaml", "--set", "__proto__=1"], 65, "EXPERIMENT"],
    [["fold.yaml", "--input", "c=x"], 2, "USAGE"],
    [["fold.yaml", "--input", "d=1"], 65, "EXPERIMENT"],
    [["fold.yaml", "--plane", "x"], 2, "USAGE"],
    [["hopf.yaml", "--plane", "x,x"], 2, "USAGE"],
    [["hopf.yaml", "--plane", "x,q"], 65, "EXPERIMENT"],
    [["hopf.yaml", "--plane", "x,y", "--range", "x=2,1"], 2, "USAGE"],
    [["fold.yaml", "--continue", "mu"], 2, "USAGE"],
    [["fold.yaml", "--continue", "mu", "--from", "1", "--to", "1"], 2, "USAGE"],
    [["fold.yaml", "--continue", "nu", "--from", "1", "--to", "2"], 65, "EXPERIMENT"],
    [["fold.yaml", "--continue", "mu", "--from", "1", "--to", "x"], 2, "USAGE"],
    [["fold.yaml", "--continue", "mu", "--from", "1", "--to", "2", "--observe", "x +"], 65, "EQUATION"],
    [["fold.yaml", "--scan", "mu", "--from", "0", "--to", "1", "--steps", "1"], 2, "USAGE"],
    [["fold.yaml", "--lyapunov", "--dt=-1"], 2, "USAGE"],
    [["fold.yaml", "--starts", "0"], 2, "USAGE"],
  ] as const)("%j is refused with %i %s, and leaves nothing", async (argv, status, code) => {
    const disk = await diskWith(files);
    const before = await tree(disk);
    const ran = await laennec(["dynamics", ...argv], { disk });
    expect([ran.status, ran.err.split("  ")[0]]).toEqual([status, code]);
    expect(await tree(disk)).toEqual(before);
  });
});
