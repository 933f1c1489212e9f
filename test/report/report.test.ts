import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ndarray } from "../../src/core/ndarray.js";
import { montbrioPazoRoxin } from "../../src/models/montbrio-pazo-roxin.js";
import { renderConnectomePage } from "../../src/report/connectome-page.js";
import { renderReport } from "../../src/report/report.js";
import { relativeError } from "../analysis/golden.js";
import { chromiumPath, launch, mayBeSkipped, open } from "./browser.js";
import { sampleConnectome, sampleProvenance, sampleRecording } from "./sample.js";

const connectome = sampleConnectome();
const folder = mkdtempSync(join(tmpdir(), "laennec-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

if (mayBeSkipped) console.warn("report: Chromium is not installed, so pages are not opened (set LAENNEC_CHROMIUM)");

describe.skipIf(mayBeSkipped)("in a browser", { timeout: 170_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    expect(chromiumPath, "CI needs Chromium").toBeDefined();
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("a report draws all its figures, asks for nothing, and reports no error", async () => {
    const text = await renderReport({
      title: "Sample",
      recordings: [sampleRecording(connectome, {}, 3000)],
      connectome,
      provenance: sampleProvenance,
      model: montbrioPazoRoxin,
      dtMs: 0.1,
      steps: 60_000,
    });
    expect(text.length).toBeLessThan(10e6);
    const { page, errors, requests, count, ask } = await open(browser, write("report.html", text));
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    // Connectome: 4; each of two variables: traces, detail, carpet, spectrum, FC, FC against weights.
    expect(await count("figure .plot")).toBe(4 + 2 * 6);
    expect(await count(".plot.js-plotly-plot")).toBe(4 + 2 * 6);
    expect(await count(".plot.failed")).toBe(0);
    expect(await count(".plot canvas")).toBeGreaterThan(0);
    expect(await count(".plot .scatterlayer path.js-line")).toBeGreaterThan(40);
    expect(await count("math")).toBe(2);
    // The matrix that is drawn is the matrix that was put in, row by row; a missing connection is a gap.
    const drawn = await ask<number[]>(
      `(() => [].concat(...document.querySelector('[data-figure="figure-1"]').calcdata[0][0].z.map((row) => [...row].map((z) => z === undefined || Number.isNaN(z) ? 0 : 10 ** z))))()`,
    );
    expect(relativeError(drawn, connectome.weights)).toBeLessThan(1e-6);
    const shot = join(folder, "report.png");
    await page.screenshot({ path: shot });
    expect(statSync(shot).size).toBeGreaterThan(20_000);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    expect(errors).toEqual([]);
    await page.close();
  });

  test("hostile names stay text", async () => {
    const evil = `<img src=x onerror="alert(1)"></script><script>alert(2)</script>`;
    const labels = [evil, `${evil}'"&amp;`, "<b>bold</b>", "2020-01-01", "1e3", "$x^2$", "%{x}<extra>", "__proto__"];
    const small = sampleConnectome(4, { labels, source: evil });
    const text = await renderReport({
      title: evil,
      recordings: [sampleRecording(small, { name: evil, variables: [evil, "</style>"], units: [evil, "1"] }, 400)],
      connectome: small,
      provenance: { [evil]: evil, deviations: [evil] },
      model: { ...montbrioPazoRoxin, id: evil, about: evil, equations: { r: evil, V: "V + eta" } },
    });
    const { page, errors, requests, count, ask } = await open(browser, write("hostile.html", text));
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    expect(await count("img[onerror], h1 img, h1 script")).toBe(0);
    expect(await ask(`document.querySelector("h1").textContent`)).toBe(evil);
    expect(await count("script:not([type])")).toBe(2);
    expect(await count(".plot a, .plot b, .plot script")).toBe(0);
    // Labels that look like dates or numbers stay names.
    const ticks = await ask<string[]>(
      `[...document.querySelectorAll('[data-figure="figure-1"] .ytick text')].map((t) => t.textContent)`,
    );
    expect(ticks.map((text) => text.replaceAll("\u200b", "")).sort()).toEqual([...labels].sort());
    await page.close();
  });

  test("a connectome's page draws its figures", async () => {
    const { page, errors, requests, count } = await open(
      browser,
      write("c.html", await renderConnectomePage(connectome)),
    );
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    expect(await count(".plot.js-plotly-plot")).toBe(6);
    await page.close();
  });
});

describe("what a report says", () => {
  const base = { title: "T", connectome, provenance: {} };

  test("no paths, no network addresses to load, a policy without unsafe scripts", async () => {
    const text = await renderReport({ ...base, recordings: [sampleRecording(connectome, {}, 200)] });
    const head = text.slice(0, text.indexOf("<style>"));
    expect(head).toMatch(/default-src 'none'; script-src 'sha256-[\w+/=]+' 'sha256-[\w+/=]+';/);
    expect(head).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(text).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!data:)/);
    expect(text).not.toContain(process.cwd());
    expect(text).toContain("Research software, not a medical device.");
  });

  test("the same input gives the same bytes", async () => {
    const recordings = [sampleRecording(connectome, {}, 200)];
    expect(await renderReport({ ...base, recordings })).toBe(await renderReport({ ...base, recordings }));
  });

  test("values that are not finite end what is analysed, and are named", async () => {
    const recording = sampleRecording(connectome, {}, 300);
    const data = recording.data.data.slice();
    data.fill(NaN, 250 * 2 * 48);
    const text = await renderReport({ ...base, recordings: [{ ...recording, data: ndarray(data, [300, 2, 48]) }] });
    // Row 250 is stamped 1000 + 251 × 2 ms.
    expect(text).toContain("Sample 250 (t = 1.502 s) is the first that is not finite");
  });

  const small = async (count: number) => {
    const four = sampleConnectome(2);
    const few = {
      ...four,
      labels: four.labels.slice(0, count),
      weights: Float64Array.from({ length: count * count }, (_, k) => (k % (count + 1) === 0 ? 0 : 0.5)),
      tractLengths: new Float64Array(count * count).fill(40),
      centres: four.centres?.slice(0, 3 * count),
      hemispheres: four.hemispheres?.slice(0, count),
      cortical: four.cortical?.slice(0, count),
      source: "small",
    };
    const text = await renderReport({ ...base, connectome: few, recordings: [sampleRecording(few, {}, 300)] });
    const body = text.slice(text.indexOf("<header>"), text.indexOf("</main>"));
    return { body, kinds: [...body.matchAll(/data-kind="([^"]+)"/g)].map(([, kind]) => kind) };
  };

  test("one region: no picture of pairs, nothing in the plural", async () => {
    const { body, kinds } = await small(1);
    expect([...new Set(kinds)].sort()).toEqual(["spectrum", "traces"]);
    expect(body).toContain("1 region has no connection");
    expect(body).toContain("on the 1 region of small");
    expect(body).not.toMatch(/\b[01] (regions|connections|strongest)|\(s\)|mean over regions;|– to –|– mm/);
  });

  test("two regions: their matrix and places, their correlation as a number", async () => {
    const { body, kinds } = await small(2);
    expect([...new Set(kinds)].sort()).toEqual(["carpet", "graph", "projections", "spectrum", "traces", "weights"]);
    expect(body).toMatch(/between the two regions at zero lag, over 300 samples:\s+0\.\d+/);
    expect(body).not.toMatch(/\b1 (regions|connections|pairs|strongest)|\(s\)|– to –/);
  });

  test("three regions: all pictures but the detail", async () => {
    expect(new Set((await small(3)).kinds).size).toBe(4 + 5);
  });

  test("part of a run says so before anything else, once", async () => {
    const provenance = { status: "interrupted", steps_done: 500, deviations: ["stopped after 500 of 5000 steps", "x"] };
    const text = await renderReport({ ...base, recordings: [], provenance, dtMs: 0.1, steps: 5000 });
    const header = text.slice(text.indexOf("<header>"), text.indexOf("</header>"));
    expect(header).toContain("Part of a run");
    expect(header).toContain("50 ms of 500 ms planned");
    expect(header).not.toContain("stopped after");
    expect(header).toContain("<li>x</li>");
    expect(await renderReport({ ...base, recordings: [], provenance: { status: "complete" } })).not.toContain(
      "Part of a run",
    );
  });

  test("an empty recording, a constant one, one region, no centres: all make a page", async () => {
    const plain = sampleConnectome(4, { centres: undefined, hemispheres: undefined });
    const one = sampleConnectome(4);
    const flat = { ...sampleRecording(plain, {}, 100), data: ndarray(new Float64Array(100 * 2 * 8), [100, 2, 8]) };
    const empty = { ...flat, name: "empty", time: new Float64Array(), data: ndarray(new Float64Array(), [0, 2, 8]) };
    const mean = {
      ...flat,
      name: "mean",
      regions: ["all"],
      data: ndarray(
        Float64Array.from({ length: 200 }, (_, k) => Math.sin(k)),
        [100, 2, 1],
      ),
    };
    const text = await renderReport({ ...base, connectome: plain, recordings: [empty, flat, mean] });
    expect(text).toContain("Region centres are not given");
    expect(text).toContain("8 regions never change");
    expect(text).toContain("too few for pictures");
    expect(await renderReport({ ...base, connectome: one, recordings: [] })).toContain("Nothing was recorded.");
  });
});
