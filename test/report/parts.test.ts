import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Connectome } from "../../src/core/connectome.js";
import { bucketMeans, minMaxSamples, shrinkMatrix, spread } from "../../src/report/decimate.js";
import { histogram, logAxisTicks, pack, powerTicks } from "../../src/report/figure.js";
import { escapeHtml, escapeJson, html, plotText } from "../../src/report/html.js";
import { equation, symbol } from "../../src/report/mathml.js";
import { connectomeFacts, connectomeWarnings, strengths, strongestEdges } from "../../src/report/network.js";
import { show, showCount, showTime, showUnit, withUnit } from "../../src/report/numbers.js";
import { provenanceRows, remarks } from "../../src/report/provenance.js";
import { detailSamples } from "../../src/report/signal-section.js";
import { tracesFigure } from "../../src/report/traces-figure.js";
import { segmentFor } from "../../src/report/spectrum-figure.js";
import { extentOf, showExtent } from "../../src/report/extent.js";
import { showRange } from "../../src/report/tables.js";
import { sampleConnectome, sampleRecording } from "./sample.js";

describe("decimation", () => {
  const values = fc.float64Array({ minLength: 1, maxLength: 400, noNaN: true });

  test("keeps the extremes, the ends and the order, in at most 2·buckets + 2 points", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (series, buckets) => {
        const picked = minMaxSamples(series, buckets);
        const kept = Array.from(picked, (k) => series[k] ?? NaN);
        expect(picked.length).toBeLessThanOrEqual(2 * buckets + 2);
        expect(Math.max(...kept)).toBe(Math.max(...series));
        expect(Math.min(...kept)).toBe(Math.min(...series));
        expect([picked[0], picked.at(-1)]).toEqual([0, series.length - 1]);
        expect(picked.every((k, i) => i === 0 || k > (picked[i - 1] ?? 0))).toBe(true);
      }),
    );
  });

  test("a single spike among a million samples is drawn", () => {
    const series = new Float64Array(1_000_000);
    series[654_321] = 1;
    expect(minMaxSamples(series, 900)).toContain(654_321);
  });

  test("bucket means keep the mean when buckets are equal, and never exceed the columns", () => {
    expect([...bucketMeans(Float64Array.of(1, 3, 5, 7), 2)]).toEqual([2, 6]);
    expect([...bucketMeans(Float64Array.of(1, 3), 5)]).toEqual([1, 3]);
    expect(bucketMeans(new Float64Array(), 5)).toHaveLength(0);
  });

  test("a large matrix is averaged over blocks, without NaN", () => {
    const small = shrinkMatrix(Float64Array.of(1, 2, NaN, 3, 4, 5, 6, 7, 8), 3, 2);
    expect(small.count).toBe(2);
    expect([...small.matrix]).toEqual([2.5, 5, 6.5, 8]);
    expect(shrinkMatrix(Float64Array.of(1), 1, 2).block).toBe(1);
  });

  test("spread takes both ends", () => {
    expect(spread(10, 4)).toEqual([0, 3, 6, 9]);
    expect(spread(3, 10)).toEqual([0, 1, 2]);
  });
});

describe("escaping", () => {
  test("text and attributes", () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;",
    );
    expect(html`<p title="${'"'}">${"<b>"}${html`<i>${"&"}</i>`}${["<", 1]}${undefined}</p>`.html).toBe(
      '<p title="&quot;">&lt;b&gt;<i>&amp;</i>&lt;1</p>',
    );
  });

  test("data blocks cannot end their script, and read back unchanged", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.constantFrom("</script>", "<!--<script>", "\u2028\u2029")), (text) => {
        const block = escapeJson({ text });
        expect(block).not.toMatch(/[<\u2028\u2029]/);
        expect(JSON.parse(block)).toEqual({ text });
      }),
    );
  });

  test("labels of figures keep no markup, nor names that objects have already", () => {
    expect(plotText("<b>&lt;</b>")).toBe("&lt;b&gt;&amp;lt;&lt;/b&gt;");
    for (const name of ["__proto__", "constructor", "toString"]) expect(plotText(name) in {}).toBe(false);
    expect(plotText("rA1")).toBe("rA1");
  });
});

describe("networks", () => {
  const three = (weights: number[], lengths: number[] = weights.map((w) => (w ? 10 : 0))): Connectome => ({
    ...sampleConnectome(1),
    labels: ["a", "b", "c"],
    weights: Float64Array.from(weights),
    tractLengths: Float64Array.from(lengths),
    centres: undefined,
    hemispheres: undefined,
    cortical: undefined,
  });

  test("rows receive, columns send, self links are left out", () => {
    // a receives 2 from b; c receives 5 from a; b is linked to itself.
    const { received, sent } = strengths(three([0, 2, 0, 0, 9, 0, 5, 0, 0]));
    expect([...received]).toEqual([2, 0, 5]);
    expect([...sent]).toEqual([5, 2, 0]);
  });

  test("strongest connections by the mean of both directions", () => {
    const edges = strongestEdges(three([0, 2, 1, 4, 0, 0, 1, -8, 0]), 2);
    expect(edges).toEqual([
      { source: 1, target: 2, weight: 4 },
      { source: 0, target: 1, weight: 3 },
    ]);
    expect(strongestEdges(three(new Array<number>(9).fill(0)), 5)).toEqual([]);
  });

  test("the strongest edges are the largest of all pairs", () => {
    const connectome = sampleConnectome();
    const n = connectome.labels.length;
    const all = Array.from({ length: n * n }, (_, k) => k)
      .filter((k) => k % n > Math.floor(k / n))
      .map((k) => connectome.weights[k] ?? 0)
      .sort((a, b) => b - a);
    expect(strongestEdges(connectome, 20).map(({ weight }) => weight)).toEqual(all.slice(0, 20));
  });

  test("numbers of a small network", () => {
    // a←b 2, b←a 4, c←a 1, b←b 3: 3 of 6 connections.
    const facts = connectomeFacts(three([0, 2, 0, 4, 3, 0, 1, 0, 0], [0, 20, 0, 20, 0, 0, 0, 0, 0]));
    expect(facts.connections).toBe(3);
    expect(facts.density).toBe(0.5);
    expect(facts.selfLinks).toBe(1);
    // Ordered pairs: |2-4| twice, |1-0| twice, over 6 + 6 + 1 + 1.
    expect(facts.asymmetry).toBeCloseTo(6 / 14, 14);
    expect(facts.weights).toEqual({ min: 1, median: 2, max: 4, negative: 0 });
    expect(facts.zeroLengths).toBe(1);
    expect(facts.components).toEqual([3]);
  });

  test("warnings name what is wrong", () => {
    const text = connectomeWarnings(three([0, -1, 0, 1, 0, 0, 0, 0, 2])).join("\n");
    expect(text).toMatch(/1 region has no connection: c/);
    expect(text).toMatch(/1 weight is negative/);
    expect(text).toMatch(/1 region is connected to itself/);
    expect(text).toMatch(/Region centres are not given/);
    expect(text).not.toMatch(/symmetric|tract length of 0/);
  });
});

describe("numbers", () => {
  test.each([
    [0, "0"],
    [-0.00012346, "−0.0001235"],
    [1234.56, "1235"],
    [1.5e-7, "1.5 × 10⁻⁷"],
    [-2e12, "−2 × 10¹²"],
    [NaN, "–"],
    [-Infinity, "−∞"],
  ])("%f is shown as %s", (value, text) => expect(show(value)).toBe(text));

  test("counts, durations and units", () => {
    expect(showCount(1234567)).toBe("1\u202f234\u202f567");
    expect([showTime(0.1), showTime(2500), showTime(600_000)]).toEqual(["0.1 ms", "2.5 s", "10 min"]);
    expect([showUnit("1/ms"), showUnit("mV^2"), withUnit("x", "1"), withUnit("V", "mV")]).toEqual([
      "ms⁻¹",
      "mV²",
      "x",
      "V (mV)",
    ]);
  });

  test.each([
    [[-Number.MAX_VALUE, Number.MAX_VALUE], "any"],
    [[-Infinity, Infinity], "any"],
    [[0, Infinity], "from 0"],
    [[-Number.MAX_VALUE, -2], "up to −2"],
    [[-10, 1e9], "−10 to 1 × 10⁹"],
  ] as const)("the range %j is shown as %s", (range, text) => expect(showRange(range)).toBe(text));

  test("packed arrays hold the numbers, little-endian", () => {
    const { bdata, dtype, shape } = pack([1, -2.5], "f8", [2, 1]);
    const bytes = Buffer.from(String(bdata), "base64");
    expect([dtype, shape, bytes.readDoubleLE(0), bytes.readDoubleLE(8)]).toEqual(["f8", "2, 1", 1, -2.5]);
  });

  test("histograms count every value once, both ends included", () => {
    expect([...histogram([0, 0.1, 0.5, 1], 2).counts]).toEqual([2, 2]);
    expect([...histogram([3, 3], 4).counts].reduce((a, b) => a + b)).toBe(2);
  });

  test("ticks lie within the axis", () => {
    expect(powerTicks(-3.2, 0.5)).toEqual({
      tickvals: [-3, -2, -1, 0],
      ticktext: ["10<sup>-3</sup>", "10<sup>-2</sup>", "10<sup>-1</sup>", "1"],
    });
    expect(logAxisTicks(0.5, 20).tickvals).toEqual([0.5, 1, 2, 5, 10, 20]);
  });

  test("segments suit the recording", () => {
    expect(segmentFor(60_000, 1)).toBe(2048);
    expect(segmentFor(400, 720)).toBe(64);
    expect(segmentFor(10, 1)).toBe(10);
    expect(segmentFor(100_000, 0.1)).toBe(16_384);
    expect(detailSamples(60_000, 1, 10)).toBe(2000);
    expect(detailSamples(1000, 1, 10)).toBe(1000);
    expect(detailSamples(1000, 1, undefined)).toBe(1000);
  });
});

describe("equations", () => {
  test("fractions, powers and names become MathML", () => {
    const { html: text } = equation("V", "-(V^2 + a_1) / (2 * tau)", "derivative");
    expect(text).toContain("<mfrac><mrow><mi>d</mi><mi>V</mi></mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac>");
    expect(text).toContain("<msup><mi>V</mi><mn>2</mn></msup>");
    expect(text).toContain('<msub><mi>a</mi><mi mathvariant="normal">1</mi></msub>');
    expect(text).toContain("<mi>τ</mi>");
    expect(symbol("nu_max").html).toContain("<mi>ν</mi>");
  });

  test("parentheses stay where they change the meaning, and only there", () => {
    const open = (text: string) => equation("x", text, "definition").html.split('<mo form="prefix">(</mo>').length - 1;
    expect(open("(a + b) * c")).toBe(1);
    expect(open("(a * b) + c")).toBe(0);
    expect(open("a - (b - c)")).toBe(1);
    expect(open("(a - b) - c")).toBe(0);
    expect(open("(a + b)^2")).toBe(1);
    expect(open("(a + b) / (c + d)")).toBe(0);
    expect(open("-(a + b)")).toBe(1);
    expect(open("(-a)^2")).toBe(1);
    expect(open("a * (-b)")).toBe(1);
    expect(open("a + (-b) * c")).toBe(1);
    expect(open("a - (-b)")).toBe(1);
    expect(open("-a * b + c")).toBe(0);
    expect(open("-(a * b)")).toBe(0);
    expect(open("a * (b / c) * d")).toBe(0);
    expect(open("a + (-b) / c")).toBe(0);
    expect(open("select(a < -b, c, d)")).toBe(0);
    expect(open("1 / (1 + exp(-(a + b)))")).toBe(1);
  });

  test("text that is no equation is shown as it is", () => {
    expect(equation("x", "</math><script>", "definition").html).toBe(
      '<div class="code">x = &lt;/math&gt;&lt;script&gt;</div>',
    );
  });
});

describe("traces", () => {
  const drawn = (series: Float64Array[]) => {
    const regions = series.map((_, k) => `r${k}`);
    const time = Float64Array.from({ length: 1000 }, (_, k) => k);
    const signals = { regions, series, periodMs: 1 };
    const figure = tracesFigure({ signals, time, variable: "V", unit: "mV", from: 0, to: 1000, intro: html`` });
    return figure.data.map(({ y }) => {
      const { dtype, bdata } = y as { dtype: string; bdata: string };
      const bytes = Uint8Array.from(Buffer.from(bdata, "base64")).buffer;
      return [...(dtype === "f8" ? new Float64Array(bytes) : new Float32Array(bytes))];
    });
  };
  const flat = () => new Float64Array(1000).fill(-2);
  const settling = Float64Array.from({ length: 1000 }, (_, k) => (k < 4 ? 4 - k : 1e-12 * (k % 2)) - 2);

  test("one line is drawn at its values", () => expect(drawn([settling])).toEqual([[...settling]]));

  test("a line that soon comes to rest stays in its place", () => {
    const [, second = []] = drawn([flat(), settling]);
    // Four units above rest, of which at most 1.4 divisions are seen, a division below the first line.
    expect(Math.max(...second) - Math.min(...second)).toBeLessThanOrEqual(1.4 + 1e-6);
    expect(Math.max(...second) - Math.min(...second)).toBeGreaterThan(0.5);
  });
});

describe("how far a run came", () => {
  // 1 s of 0.1 ms steps after 0.2 s that are left out.
  const planned = { dtMs: 0.1, steps: 10_000, transientSteps: 2000, recordings: [] };
  const of = (provenance: Record<string, unknown>, more = {}) => {
    const extent = extentOf({ ...planned, provenance, ...more });
    return [showExtent(extent), extent.warning];
  };

  test("a run that is complete, or that nothing is known of, took what was planned", () => {
    expect(of({ status: "complete", steps_done: 12_000 })).toEqual(["1 s", undefined]);
    expect(of({})).toEqual(["1 s", undefined]);
    expect(of({}, { steps: undefined })).toEqual([undefined, undefined]);
  });

  test("an interrupted one took the steps that were done, but for those left out", () => {
    const [shown, warning] = of({ status: "interrupted", steps_done: 5000 });
    expect(shown).toBe("300 ms of 1 s planned");
    expect(warning).toContain("interrupted after 5\u202f000 of 12\u202f000 steps");
    expect(of({ status: "interrupted", steps_done: 1000 })[0]).toBe("0 ms of 1 s planned");
  });

  test("a killed one is known by what it recorded last", () => {
    const time = Float64Array.of(201, 202, 450);
    const recordings = [{ ...sampleRecording(sampleConnectome(1), {}, 3), time }];
    const [shown, warning] = of({ status: "running" }, { recordings });
    expect(shown).toBe("250 ms of 1 s planned");
    expect(warning).toContain("did not finish");
    expect(of({ status: "running" })[0]).toBe("0 ms of 1 s planned");
  });
});

describe("provenance", () => {
  test("nested records become dotted rows, long ones end", () => {
    expect(provenanceRows({ a: { b: [1, 2], c: null }, d: {}, e: "x".repeat(1000) })).toEqual([
      ["a.b", "1, 2"],
      ["a.c", "none"],
      ["d", "none"],
      ["e", `${"x".repeat(400)}…`],
    ]);
    expect(provenanceRows(Object.fromEntries(Array.from({ length: 500 }, (_, k) => [`k${k}`, k])))).toHaveLength(201);
  });

  test("deviations, quirks and warnings are found wherever they stand", () => {
    const record = {
      engine: { deviations: ["one", { asked: "f64", used: "f32" }], compat: "tvb" },
      warnings: { x: "y" },
      compat: "none",
    };
    expect(remarks(record)).toEqual(["one", "asked: f64; used: f32", "compat: tvb", "x: y"]);
  });
});
