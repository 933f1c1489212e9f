import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir, userInfo, hostname } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { couplings } from "../../src/couplings/index.js";
import { schemes } from "../../src/integrators/index.js";
import { models } from "../../src/models/index.js";
import { monitors } from "../../src/monitors/index.js";
import { nodeDisk } from "../../src/storage/disk.js";
import { asFault, withoutFolders } from "../../src/cli/show-fault.js";
import { diskWith, laennec, tree } from "./fake-io.js";

const experiment = "connectome: {synthetic: {regions: 8}}\nmodel: montbrio-pazo-roxin\nduration: 50\nseed: 2\n";

describe("laennec simulate", () => {
  it("writes a result and a report, and says where they lie", async () => {
    const disk = await diskWith({ "e.yaml": experiment });
    const { status, out, err } = await laennec(["simulate", "e.yaml", "--set", "monitors=[raw]"], { disk });
    expect([status, err]).toEqual([0, ""]);
    for (const path of ["out/run.json", "out/raw.zarr", "out/report.html"]) {
      expect(out).toContain(path);
      expect(await disk.exists(path)).toBe(true);
    }
  });

  it("reads standard input, and answers as JSON", async () => {
    const { status, out } = await laennec(
      ["simulate", "-", "--json", "--no-report", "--backend", "reference", "--precision", "f32"],
      { input: experiment },
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      status: "complete",
      result: "out",
      backend: "reference",
      precision: "f32",
    });
  });

  it("plans without writing", async () => {
    const disk = await diskWith({ "e.yaml": experiment });
    const before = await tree(disk);
    const told = await laennec(["simulate", "e.yaml", "--dry-run"], { disk });
    expect([told.status, told.err]).toEqual([0, ""]);
    expect(told.out).toMatch(/500 .*\n[\s\S]*memory/);
    const { out } = await laennec(["simulate", "e.yaml", "--dry-run", "--json"], { disk });
    expect(JSON.parse(out)).toMatchObject({ plan: { steps: 500, regions: 8 } });
    expect(await tree(disk)).toEqual(before);
  });

  it("refuses a run that memory cannot hold, before it starts", async () => {
    const disk = await diskWith({ "e.yaml": experiment });
    const before = await tree(disk);
    for (const extra of [[], ["--dry-run"]]) {
      const { status, err } = await laennec(
        [
          "simulate",
          "e.yaml",
          "--json",
          "--set",
          "duration=100000 s",
          "--set",
          "monitors=[raw]",
          "--set",
          "connectome={synthetic: {regions: 300}}",
          ...extra,
        ],
        { disk },
      );
      expect([status, (JSON.parse(err.trim()) as { fault: { code: string } }).fault.code]).toEqual([65, "LIMIT"]);
    }
    expect(await tree(disk)).toEqual(before);
  });

  it("keeps an earlier result, unless forced", async () => {
    const disk = await diskWith({ "e.yaml": experiment });
    const run = (...more: string[]) => laennec(["simulate", "e.yaml", "--no-report", ...more], { disk });
    expect((await run()).status).toBe(0);
    const before = await tree(disk);
    const second = await run("--set", "seed=5");
    expect([second.status, second.err.slice(0, 6)]).toEqual([65, "OUTPUT"]);
    expect(await tree(disk)).toEqual(before);
    expect((await run("--set", "seed=5", "--force")).status).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(await disk.read("out/run.json")))).toMatchObject({ seed: 5 });
  });

  it("runs a model of one's own, Hindmarsh-Rose, on both back ends to the same bits", async () => {
    const model = `id: hindmarsh-rose
time: dimensionless
papers: [{cite: "Hindmarsh, Rose 1984", doi: 10.1098/rspb.1984.0024, gives: equations}]
state: {x: {start: [-1, 1]}, y: {start: [-5, 0]}, z: {start: [1, 3]}}
parameters: {I: {default: 2}, r: {default: 0.006}}
inputs: {c: {}}
sends: [x]
equations: {x: y - x^3 + 3 * x^2 - z + I + c, y: 1 - 5 * x^2 - y, z: r * (4 * (x + 1.6) - z)}
observe: [x]
`;
    const disk = await diskWith({
      "e.yaml": `${experiment}monitors: [raw]\nintegrator: {dt: 0.05}\n`,
      "mine/m.yaml": model,
    });
    const data: Uint8Array[] = [];
    for (const backend of ["wasm", "reference"]) {
      const { status, err } = await laennec(
        ["simulate", "e.yaml", "--model", "mine/m.yaml", "--backend", backend, "--out", backend, "--no-report"],
        { disk },
      );
      expect([status, err]).toEqual([0, ""]);
      data.push(await disk.read(`${backend}/raw.zarr/data/c/0/0/0`));
    }
    expect(data[0]?.length).toBe(1000 * 8 * 8);
    expect(data[0]).toEqual(data[1]);
    const values = new Float64Array((data[0] ?? new Uint8Array()).slice().buffer);
    expect(Math.max(...values)).toBeGreaterThan(0.5);
    const record = JSON.parse(new TextDecoder().decode(await disk.read("wasm/run.json"))) as {
      inputs: { role: string; name: string }[];
    };
    expect(record.inputs.map(({ role, name }) => [role, name])).toEqual([
      ["experiment", "e.yaml"],
      ["model", "m.yaml"],
    ]);
  });

  it("keeps what was done when interrupted, and exits with 130", async () => {
    const disk = await diskWith({ "e.yaml": experiment });
    const { status, err } = await laennec(["simulate", "e.yaml", "--no-report"], { disk, signal: AbortSignal.abort() });
    expect([status, err.split("  ")[0]]).toEqual([130, "INTERRUPTED"]);
    expect(JSON.parse(new TextDecoder().decode(await disk.read("out/run.json")))).toMatchObject({
      status: "interrupted",
    });
  });

  it("names the region, step and variable of a blow-up, and leaves nothing", async () => {
    const disk = await diskWith({
      "e.yaml":
        "connectome: {synthetic: {regions: 8}}\nmodel: {id: linear, parameters: {gamma: 50}}\nduration: 20 s\nintegrator: {dt: 1}\n",
    });
    const before = await tree(disk);
    const { status, err } = await laennec(["simulate", "e.yaml", "--force", "--json"], { disk });
    expect(status).toBe(1);
    expect(JSON.parse(err.split("\n").find((line) => line.startsWith("{")) ?? "")).toMatchObject({
      fault: { code: "BLOWUP", data: { variable: "x" } },
    });
    expect(await tree(disk)).toEqual(before);
  });
});

describe("laennec export, report", () => {
  it("write from a stored result", async () => {
    const disk = await diskWith({ "e.yaml": experiment });
    await laennec(["simulate", "e.yaml", "--no-report"], { disk });
    for (const [argv, path] of [
      [["export", "out"], "out.npz"],
      [["export", "out", "--format", "hdf5"], "out.h5"],
      [["export", "out", "--format", "csv"], "out-csv/temporal-average-r.csv"],
      [["report", "out"], "out/report.html"],
    ] as const) {
      const { status, out, err } = await laennec(argv, { disk });
      expect([status, err]).toEqual([0, ""]);
      expect(out).toContain(path);
      expect((await disk.read(path)).length).toBeGreaterThan(500);
    }
    expect((await laennec(["export", "out"], { disk })).status).toBe(65);
  });
});

describe("laennec report --out", () => {
  it("replaces the result's own report, another file only when forced, and run.json never", async () => {
    const disk = await diskWith({ "e.yaml": experiment, "notes.html": "mine" });
    await laennec(["simulate", "e.yaml"], { disk });
    const report = async (out: string, ...more: string[]) => {
      const { status, err } = await laennec(["report", "out/", "--out", out, ...more], { disk });
      return [status, err.split("  ")[0]];
    };
    const text = async (path: string) => new TextDecoder().decode(await disk.read(path));
    const record = await text("out/run.json");
    expect(await report("notes.html")).toEqual([65, "OUTPUT"]);
    expect(await text("notes.html")).toBe("mine");
    for (const force of [[], ["--force"]]) expect(await report("out/run.json", ...force)).toEqual([65, "OUTPUT"]);
    expect(await text("out/run.json")).toBe(record);
    for (const out of ["out/report.html", "./out//report.html", "new.html"]) expect(await report(out)).toEqual([0, ""]);
    expect(await report("notes.html", "--force")).toEqual([0, ""]);
    expect(await text("notes.html")).toContain("<html");
  });
});

describe("faults about outputs", () => {
  it("name an absolute path by its last part", async () => {
    const disk = await diskWith({
      "e.yaml": experiment,
      "home/anne/x/y": "",
      "home/anne/f": "",
      "home/anne/bad/run.json": "{}",
    });
    for (const argv of [
      ["simulate", "e.yaml", "--out", "/home/anne/x"],
      ["simulate", "e.yaml", "--out", "/home/anne/x", "--force"],
      ["simulate", "e.yaml", "--out", "/home/anne/f"],
      ["connectome", "export", "--out", "/home/anne/f"],
      ["connectome", "inspect", "--picture", "/home/anne/f"],
      ["export", "/home/anne/x"],
      ["export", "/home/anne/bad"],
      ["export", "/home/anne/x", "--out", "/home/anne/f"],
      ["report", "/home/anne/x", "--out", "/home/anne/f"],
    ]) {
      const { status, err } = await laennec(argv, { disk });
      expect([argv, status]).toEqual([argv, 65]);
      expect(err).not.toContain("anne");
      expect(err).toMatch(/where {2}(x|f|bad\/run\.json)$/m);
    }
  });
});

describe("laennec models, couplings, schemes, monitors", () => {
  it.each([
    ["models", models],
    ["couplings", couplings],
    ["schemes", schemes],
    ["monitors", monitors],
  ] as const)("%s: lists and shows every item, as text and as JSON", async (kind, items) => {
    const list = JSON.parse((await laennec([kind, "list", "--json"])).out) as { id: string }[];
    expect(list.map(({ id }) => id)).toEqual(Object.keys(items));
    expect((await laennec([kind, "list"])).out.trimEnd().split("\n").length).toBe(list.length);
    for (const [id, item] of Object.entries(items)) {
      const { out, status } = await laennec([kind, "show", id]);
      expect(status).toBe(0);
      for (const { doi } of "papers" in item ? item.papers : []) expect(out).toContain(doi);
      expect(JSON.parse((await laennec([kind, "show", id, "--json"])).out)).toEqual(JSON.parse(JSON.stringify(item)));
    }
  });

  it("show a model's Jacobian: that of the linear model is gamma", async () => {
    expect((await laennec(["models", "show", "linear", "--jacobian"])).out).toContain("d(dx/dt)/dx = gamma");
    const { out } = await laennec(["models", "show", "montbrio-pazo-roxin", "--jacobian", "--latex"]);
    expect(out).toContain("\\frac{d V}{dt}");
    expect(out).toContain("\\partial_{r}");
  });
});

describe("laennec connectome", () => {
  it("inspects, and exports what it reads back", async () => {
    const disk = await diskWith({});
    const before = JSON.parse((await laennec(["connectome", "inspect", "--json"], { disk })).out) as Record<
      string,
      unknown
    >;
    for (const [format, out] of [
      ["tvb", "c.zip"],
      ["csv", "folder"],
    ] as const) {
      expect(
        (await laennec(["connectome", "export", "default", "--format", format, "--out", out], { disk })).status,
      ).toBe(0);
      const after = JSON.parse((await laennec(["connectome", "inspect", out, "--json"], { disk })).out) as Record<
        string,
        unknown
      >;
      expect([after["regions"], after["links"], after["lengths"]]).toEqual([
        before["regions"],
        before["links"],
        before["lengths"],
      ]);
    }
  });
});

describe("the demo", () => {
  it("leaves a folder alone that holds more than a result", async () => {
    const disk = await diskWith({ "laennec-demo/run.json": "{}", "laennec-demo/scans.zarr/x": "years of work" });
    const before = await tree(disk);
    const { status, err } = await laennec(["demo"], { disk });
    expect([status, err.split("  ")[0]]).toEqual([65, "OUTPUT"]);
    expect(await tree(disk)).toEqual(before);
  });

  it("prints an experiment that runs", async () => {
    const { out } = await laennec(["demo", "--print"]);
    const disk = await diskWith({ "e.yaml": out });
    const ran = await laennec(
      ["simulate", "e.yaml", "--set", "duration=400", "--set", "transient=100", "--no-report"],
      { disk },
    );
    expect([ran.status, ran.err]).toEqual([0, ""]);
  });
});

describe("what is none of ours", () => {
  it("becomes a BUG without folders, and too little memory a LIMIT", () => {
    const bug = asFault(new TypeError("cannot read /home/anne/patients/x.zip of undefined"));
    expect([bug.code, bug.what]).toEqual(["BUG", "TypeError: cannot read x.zip of undefined"]);
    expect(bug.message).not.toMatch(/(^|[\s(])(\/|[A-Z]:\\)/);
    expect(asFault(new RangeError("Array buffer allocation failed")).code).toBe("LIMIT");
    expect(withoutFolders("at run (file:///opt/x/src/cli/run.ts:3:4)")).toBe("at run (run.ts:3:4)");
  });
});

describe("a real process", () => {
  const folder = mkdtempSync(join(tmpdir(), "laennec-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  // Beside node_modules, where the two packages that stay outside the bundle are found.
  const bundle = join(process.cwd(), "out", `test-cli-${process.pid}`);
  const node = ["--disallow-code-generation-from-strings", join(bundle, "main.js")];
  beforeAll(() =>
    build({
      entryPoints: ["src/cli/main.ts"],
      outdir: bundle,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      external: ["plotly.js-dist-min", "h5wasm"],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      },
      logLevel: "warning",
    }),
  );
  afterAll(() => rmSync(bundle, { recursive: true, force: true }));
  const run = (...argv: string[]) => spawnSync(process.execPath, [...node, ...argv], { cwd: folder, encoding: "utf8" });

  it("ends with the documented status", () => {
    writeFileSync(join(folder, "bad.yaml"), "model: linea\nduration: 1\n");
    expect(run("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run("simulat").status).toBe(2);
    const bad = run("simulate", "bad.yaml");
    expect([bad.status, bad.stdout]).toEqual([65, ""]);
    expect(bad.stderr).toContain('did you mean "linear"');
  });

  it("tells nothing about the machine or its user in anything it writes", async () => {
    const secret = join(folder, "dr-canary", "sub-01");
    const disk = nodeDisk();
    await disk.makeFolder(secret);
    expect(run("connectome", "export", "--out", join(secret, "c.zip")).status).toBe(0);
    writeFileSync(
      join(secret, "e.yaml"),
      `connectome: ${join(secret, "c.zip")}\nmodel: montbrio-pazo-roxin\nduration: 20\n`,
    );
    const { status, stdout, stderr } = run("simulate", join(secret, "e.yaml"));
    expect([status, stderr]).toEqual([0, ""]);
    const texts = [stdout];
    for (const line of await tree(disk, join(folder, "out")))
      texts.push(readFileSync(line.replace(/ \d+$/, ""), "latin1"));
    const record = readFileSync(join(folder, "out/run.json"), "utf8");
    expect(record).toContain('"c.zip"');
    const year = String(new Date().getFullYear());
    for (const canary of ["canary", "sub-01", folder, homedir(), process.cwd()])
      for (const text of texts) expect(text.includes(canary), canary).toBe(false);
    expect(record).not.toMatch(/"\/|[A-Z]:\\\\/);
    expect(record.includes(`${year}-`)).toBe(false);
    // Users called "root" and hosts called "vm" are common words elsewhere; in the record they would be names.
    for (const name of [userInfo().username, hostname()]) expect(record.includes(`"${name}"`)).toBe(false);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 75],
  ] as const)("stops at %s with %i and leaves a readable result", async (signal, wanted) => {
    writeFileSync(
      join(folder, "long.yaml"),
      "model: montbrio-pazo-roxin\nduration: 4000 s\nmonitors: [{id: global-average, period: 100}]\n",
    );
    const child = spawn(
      process.execPath,
      [...node, "simulate", "long.yaml", "--out", signal, "--no-report", "--backend", "reference"],
      { cwd: folder },
    );
    const ended = new Promise<number | null>((done) => child.on("exit", done));
    while (!existsSync(join(folder, signal, "global-average.zarr/time/zarr.json"))) {
      if (child.exitCode !== null) throw new Error("it ended by itself");
      await new Promise((later) => setTimeout(later, 50));
    }
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
    expect(await ended).toBe(wanted);
    clearTimeout(late);
    const { status, deviations } = JSON.parse(readFileSync(join(folder, signal, "run.json"), "utf8")) as {
      status: string;
      deviations: unknown[];
    };
    expect([status, deviations.length]).toEqual(["interrupted", 1]);
    // "." has a name of its own.
    const inside = spawnSync(process.execPath, [...node, "export", "."], {
      cwd: join(folder, signal),
      encoding: "utf8",
    });
    expect([inside.status, inside.stdout]).toEqual([0, `${signal}.npz\n`]);
  });
});
