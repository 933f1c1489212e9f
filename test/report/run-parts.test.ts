import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ndarray } from "../../src/core/ndarray.js";
import { record, report } from "../../src/library.js";
import { responseOf } from "../../src/report/bold-section.js";
import { coursesOf } from "../../src/report/courses.js";
import { renderReport } from "../../src/report/report.js";
import { montbrioPazoRoxin } from "../../src/models/montbrio-pazo-roxin.js";
import { heun } from "../../src/integrators/heun.js";
import { sampleConnectome, sampleRecording } from "./sample.js";

const folder = mkdtempSync(join(tmpdir(), "laennec-run-parts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a reader sees of a page, but for scripts and styles. */
const words = (page: string): string =>
  page
    .slice(page.indexOf("<header>"), page.indexOf("</main>"))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(
      /&(lt|gt|amp|quot|#39);/g,
      (_, name: string) => ({ lt: "<", gt: ">", amp: "&", quot: '"' })[name] ?? "'",
    )
    .replaceAll(/\s+/g, " ");

const kinds = (page: string): string[] => [...page.matchAll(/data-kind="([^"]+)"/g)].map(([, kind = ""]) => kind);

/** Plotly's JSON of the figures of a kind. */
const figures = (page: string, kind: string): { data: { y: { bdata: string } }[]; layout: Record<string, unknown> }[] =>
  [...page.matchAll(/data-figure="([^"]+)"\s+data-kind="([^"]+)"/g)]
    .filter(([, , found]) => found === kind)
    .map(([, id]) => {
      const block = new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`).exec(page)?.[1] ?? "{}";
      return JSON.parse(block) as ReturnType<typeof figures>[number];
    });

const eight = {
  connectome: sampleConnectome(4, { source: "eight" }),
  model: "generic-2d-oscillator",
  duration: "20 s",
  transient: "2 s",
  seed: 5,
} as const;

describe("a run with everything", () => {
  const at = join(folder, "all");
  let page = "";
  let stored: Record<string, never> = {};
  beforeAll(async () => {
    await record(
      {
        ...eight,
        integrator: {
          scheme: "heun-stochastic",
          dt: "1 ms",
          noise: { id: "multiplicative", D: { V: 1e-5 }, b: { V: "1 + V^2" } },
          clamp: { W: { region: { lR02: 0.25, rR03: 0.25 } } },
        },
        stimuli: [
          {
            parameter: "I",
            weights: { region: { lR01: 1, rR01: 0.5 } },
            time: { id: "pulse-train", parameters: { onset: "4 s", T: "6 s", tau: "1 s", amp: 0.3 } },
          },
          { variable: "V", time: "0.001 * sin(t / 100)" },
        ],
        monitors: [
          { id: "temporal-average", period: "20 ms", variables: ["V"] },
          {
            id: "eeg",
            period: "20 ms",
            variables: ["V"],
            lead_field: {
              gain: ndarray(
                Float64Array.from({ length: 24 }, (_, k) => ((k * 7) % 5) - 1),
                [3, 8],
              ),
              sensors: ["Cz", "Pz", "Oz"],
              regions: "in order",
            },
            reference: "Pz",
            noise: 0.125,
          },
          {
            id: "bold",
            period: "1 s",
            variables: ["V"],
            hrf: { id: "balloon-windkessel", preset: "stephan-2007", parameters: { kappa: 0.8 } },
          },
        ],
      },
      at,
    );
    stored = JSON.parse(readFileSync(join(at, "run.json"), "utf8")) as typeof stored;
    page = readFileSync(await report(at), "utf8");
  }, 60_000);

  test("run.json says how sensors and haemodynamics were set", () => {
    const monitors = stored["monitors"] as unknown as Record<string, Record<string, unknown>>[];
    expect(monitors[1]?.["sensors"]).toMatchObject({ reference: "Pz", noise: 0.125 });
    // Stephan et al. 2007: k1 = 4.3 nu0 rho TE with nu0 = 40.3 /s, rho = 0.34, TE = 40 ms.
    const bold = monitors[2]?.["bold"] as { preset: string; values: Record<string, number> };
    expect(bold.preset).toBe("stephan-2007");
    expect(bold.values["k1"]).toBeCloseTo(4.3 * 40.3 * 0.34 * 0.04, 12);
    expect(bold.values["kappa"]).toBe(0.8);
    expect(monitors[0]).not.toHaveProperty("bold");
  });

  test("stimuli are listed with target, regions, course and when they act", () => {
    const text = words(page);
    expect(text).toMatch(
      /1 parameter I lR01 \(1\), rR01 \(0\.5\) pulse-train \(T 6 s, tau 1 s, amp 0\.3, onset 4 s\) 3 times from 4 s to 17 s/,
    );
    expect(text).toMatch(/2 dV\/dt|2 d V \/dt/);
    expect(text).toContain("0.001 * sin(t / 100)");
    // 2 s of transient and 20 s recorded: pulses at 4, 10 and 16 s.
    const [figure] = figures(page, "stimuli");
    expect(figure?.data).toHaveLength(2);
    expect((figure?.layout["shapes"] as { x0: number; x1: number }[])[0]).toMatchObject({ x0: 0, x1: 2 });
    const values = new Float32Array(Uint8Array.from(Buffer.from(figure?.data[0]?.y.bdata ?? "", "base64")).buffer);
    expect(Math.max(...values)).toBeCloseTo(0.3, 6);
    expect(Math.min(...values)).toBe(0);
  });

  test("traces have the courses above them, and the transient", () => {
    for (const { layout, data } of figures(page, "traces")) {
      expect(layout).toHaveProperty("yaxis2");
      expect(layout).toHaveProperty("yaxis3");
      const shapes = layout["shapes"] as { x0: number; x1: number }[];
      expect(shapes[0]).toMatchObject({ x0: 0, x1: 2 });
      expect(shapes.slice(1).map(({ x0, x1 }) => [x0, x1])).toEqual([
        [4, 5],
        [10, 11],
        [16, 17],
      ]);
      expect(data.length).toBeGreaterThan(3);
    }
  });

  test("noise, what was held, sensors and BOLD in words", () => {
    const text = words(page);
    expect(text).toContain("Multiplicative white noise on V (D = 1 × 10⁻⁵), drawn by seed 5");
    expect(text).toMatch(/b\(V\) = 1 \+ V\^2 ?\. It is meant in the sense of Itô/);
    expect(text).toMatch(/W 0\.25 lR02, rR03/);
    expect(text).toMatch(
      /3 sensors through a lead field\. Reference: The sensor Pz is taken off each\. Noise of the sensors' own: white, with a standard deviation of 0\.125/,
    );
    expect(text).toContain("One image every 1 s (the repetition time, TR), the first at 3 s.");
    expect(text).toMatch(/Constants: stephan-2007/);
    expect(text).toMatch(/kappa 0\.8 s⁻¹ 0\.65/);
    expect(text).toContain("10.1016/j.neuroimage.2007.07.040");
  });

  test("BOLD comes first, and each connectivity says of what it is", () => {
    const text = words(page);
    expect(text.indexOf("3.1 bold: V")).toBeGreaterThan(0);
    expect(text).toContain("This is the connectivity of simulated BOLD, one image every 1 s.");
    expect(text).toContain("This is the connectivity of the activity itself, every 20 ms");
    expect(page.length).toBeLessThan(10e6);
    expect(kinds(page).filter((kind) => kind === "correlation")).toHaveLength(3);
  });

  test("a run that went on says where from, in absolute time; parts of adaptive steps are counted", async () => {
    const changed = structuredClone(stored) as unknown as {
      setup: { initial: string; integration: Record<string, unknown> };
      statistics: Record<string, unknown>;
    };
    changed.setup.initial = "checkpoint after step 90000, state sha256 abcd";
    changed.setup.integration["tolerance"] = { absolute: 1e-9, relative: 1e-6 };
    changed.statistics["parts"] = { taken: 30_000, rejected: 10_000, most: 7 };
    writeFileSync(join(at, "run.json"), JSON.stringify(changed));
    const text = words(readFileSync(await report(at), "utf8"));
    expect(text).toContain("Where another run stood, at 90 s: after step 90\u202f000".replaceAll("\u202f", " "));
    expect(text).toContain("recording starts after 92 s");
    expect(text).toContain("within 1 × 10⁻⁹ + 1 × 10⁻⁶ |x|");
    expect(text).toMatch(
      /30.000 parts were taken in 22.000 steps, and 10.000 rejected \(25 % of those tried\); at most 7 parts/,
    );
  });
});

test("courses: stretches of a pulse train as its equation has them, short gaps at zeros do not end one", () => {
  const pulses = {
    kind: "expression",
    text: "select(t >= 20 and t - 50 * floor((t - 20) / 50) - 20 < 10, 3, 0)",
    values: {},
  } as const;
  const target = { kind: "variable", name: "V" } as const;
  const [one, two] = coursesOf(
    [
      { target, weights: Float64Array.of(0, -2, 1), signal: pulses },
      { target, weights: 1, signal: { kind: "expression", text: "sin(t * pi / 8)", values: {} } },
    ],
    0,
    100,
    0.5,
  );
  expect(one?.active).toEqual([
    [20, 30],
    [70, 80],
  ]);
  expect(Math.min(...(one?.values ?? []))).toBe(-6);
  expect(two?.active).toHaveLength(1);
});

test("the gamma response peaks at (n - 1) tau with the height a, and is a power times an exponential", () => {
  const [tau, n, a] = [1.2, 3, 0.1];
  const curve = responseOf({
    ...{ kind: "convolution", hrf: "gamma", values: { tau, n, a }, peak: a, gain: 1, shift: 0 },
    ...{ length_ms: 24_000, stock_ms: 4, before: "drop" },
  });
  const at = curve?.heights.indexOf(Math.max(...curve.heights)) ?? -1;
  expect(curve?.times[at]).toBeCloseTo(2.4, 10);
  expect(curve?.heights[at]).toBeCloseTo(0.1, 12);
  const [x = NaN, h = NaN] = [curve?.times[100], curve?.heights[100]];
  expect(h / 0.1).toBeCloseTo(((x / tau) ** 2 * Math.exp(-x / tau)) / (4 * Math.exp(-2)), 10);
});

test("hostile names in stimuli, references, held variables and checkpoints stay text", async () => {
  const evil = `<img src=x onerror="alert(1)"></script><script>alert(2)</script>`;
  const connectome = sampleConnectome(4, { labels: Array.from({ length: 8 }, (_, k) => `${evil}${k}`) });
  const page = await renderReport({
    title: "T",
    connectome,
    provenance: {},
    recordings: [sampleRecording(connectome, { name: evil, monitor: "eeg" }, 300)],
    model: montbrioPazoRoxin,
    scheme: heun,
    dtMs: 2,
    steps: 300,
    transientSteps: 50,
    seed: 1,
    noise: { [evil]: 1 },
    integration: { noise_factor: { [evil]: evil }, clamp: { [evil]: [1, null, 1, null, null, null, null, null] } },
    start: { kind: "checkpoint", step: 3, what: evil, file: evil },
    stimuli: [
      {
        target: { kind: "parameter", name: evil },
        unit: evil,
        weights: Float64Array.from({ length: 8 }, (_, k) => k),
        signal: { kind: "expression", text: "t", values: {} },
        course: evil,
      },
    ],
    monitorDetails: { [evil]: { sensors: { reference: evil, noise: 0, gain: evil } } },
  });
  expect(page).not.toContain("<img src=x");
  expect(page.match(/<script>/g)).toHaveLength(2);
  expect(words(page)).toContain(`The sensor ${evil} is taken off each`);
});
