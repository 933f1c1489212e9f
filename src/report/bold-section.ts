import { sampler } from "../engine/stimulus.js";
import type { Recording } from "../engine/setup.js";
import type { BoldRecord, MonitorDetail } from "../experiment/monitor-record.js";
import { balloonWindkessel } from "../models/balloon-windkessel.js";
import { balloonPresets } from "../monitors/balloon/index.js";
import { hrfs } from "../monitors/hrf/index.js";
import { axis, colours, layout, pack, type Figure } from "./figure.js";
import { html, type Html } from "./html.js";
import { equation } from "./mathml.js";
import { papers } from "./model-section.js";
import { show, showTime, showUnit } from "./numbers.js";
import type { Plates } from "./page.js";
import { parameterTable, regional, table } from "./tables.js";

type Convolution = Extract<BoldRecord, { kind: "convolution" }>;
type Stored = BoldRecord["values"][string];

const value = (stored: Stored) => (typeof stored === "number" ? stored : Float64Array.from(stored));
const text = (stored: Stored): string => regional(value(stored));

/** How activity became BOLD: repetition time, response or balloon model with its constants, papers. */
export function boldText({ periodMs, time }: Recording, { bold }: MonitorDetail, plates: Plates): Html | "" {
  const first = time[0];
  const times = `One image every ${show(periodMs / 1000)} s (the repetition time, TR)${first === undefined ? "" : `, the first at ${show(first / 1000)} s`}.`;
  if (bold === undefined) return html`<p>${times}</p>`;
  return bold.kind === "model" ? balloon(bold, times, plates) : convolution(bold, times, plates);
}

function convolution(bold: Convolution, times: string, plates: Plates): Html {
  const { hrf, values, gain, shift, length_ms, stock_ms, before, measured } = bold;
  const declared = Object.hasOwn(hrfs, hrf) ? hrfs[hrf] : undefined;
  const scaled =
    shift === 0 && gain === 1
      ? ""
      : ` The signal is ${text(gain)} (x ${shift < 0 ? "−" : "+"} ${show(Math.abs(shift))}), with x the convolution.`;
  const missing =
    before === "drop"
      ? " Images that would need activity from before the run are left out."
      : " Before the run there was no activity.";
  const used = Object.fromEntries(Object.entries(values).map(([name, one]) => [name, value(one)]));
  return html`<p>
      ${times} The activity, as means over ${showTime(stock_ms)}, is convolved with
      ${measured ? "a measured response" : html`the response <b>${hrf}</b>`} over
      ${showTime(length_ms)}.${scaled}${missing}
    </p>
    ${declared ? html`<p>${declared.about}</p>` : ""}
    ${declared ? html`<div class="equations" role="group" aria-label="Response">${equation("h", declared.equation, "definition")}</div>` : ""}
    ${declared ? parameterTable(plates, html`Parameters of the response; t in s.`, declared.parameters, used) : ""}
    ${responseFigure(bold, plates)} ${papers(declared?.papers ?? [])}`;
}

function responseFigure(bold: Convolution, plates: Plates): Html | "" {
  const curve = responseOf(bold);
  if (!curve) return "";
  const { times, heights } = curve;
  const figure: Figure = {
    kind: "response",
    alt: "The haemodynamic response over time",
    caption: html`The haemodynamic response to activity of 1 over an instant at time
    0${Object.values(bold.values).some((one) => typeof one !== "number") ? ", of the first region" : ""}.`,
    height: 230,
    data: [
      {
        type: "scatter",
        mode: "lines",
        x: pack(times),
        y: pack(heights),
        line: { width: 1.8, color: colours.purple },
        hovertemplate: "%{x:.4~g} s: %{y:.4~g}<extra></extra>",
      },
    ],
    layout: layout({
      margin: { l: 74, r: 16, t: 8, b: 46 },
      xaxis: axis("time after the activity (s)"),
      yaxis: axis("response", { zeroline: true, zerolinecolor: "#c8ced6" }),
    }),
  };
  return plates.figure(figure);
}

/** The response at 400 times in s; undefined where its values are not at hand. */
export function responseOf({ hrf, values, measured, peak, length_ms }: Convolution) {
  if (measured) {
    const { rows, step_ms } = measured;
    return typeof rows === "string"
      ? undefined
      : { times: rows.map((_, k) => (k * step_ms) / 1000), heights: [...rows] };
  }
  const declared = Object.hasOwn(hrfs, hrf) ? hrfs[hrf] : undefined;
  if (!declared) return undefined;
  const one = (stored: Stored): number => (typeof stored === "number" ? stored : (stored[0] ?? NaN));
  const at = sampler({
    kind: "expression",
    text: declared.equation,
    values: Object.fromEntries(Object.entries(values).map(([name, stored]) => [name, one(stored)])),
  });
  const into = new Float64Array(1);
  const times = Array.from({ length: 401 }, (_, k) => (k * length_ms) / 400 / 1000);
  const raw = times.map((t) => {
    at(t, into);
    return into[0] ?? NaN;
  });
  const scale = peak === undefined ? 1 : one(peak) / Math.max(...raw);
  return { times, heights: raw.map((height) => height * scale) };
}

/** Of the constants that belong to the signal and not to the model's state. */
const signalConstants: Readonly<Record<string, string>> = {
  V0: "blood volume at rest: a share, or in percent",
  k1: "coefficient of deoxyhaemoglobin",
  k2: "coefficient of its concentration",
  k3: "coefficient of volume",
};

/** The equations as in the paper, per second and driven by z alone: the rate of 0.001 s/ms and the network are left out. */
const perSecond = (one: string): string => one.replace(/^rate \* /, "").replace("(z + c_z)", "z");

function balloon(
  { values, preset, scale, baseline, signal, step_ms }: Extract<BoldRecord, { kind: "model" }>,
  times: string,
  plates: Plates,
): Html {
  const from = preset !== undefined && Object.hasOwn(balloonPresets, preset) ? balloonPresets[preset] : undefined;
  const usual = new Map(Object.entries(from?.values ?? {}));
  const rows = Object.entries(values)
    .filter(([name]) => name !== "rate" && name !== "c_z")
    .map(([name, stored]) => {
      const declared = Object.hasOwn(balloonWindkessel.parameters, name)
        ? balloonWindkessel.parameters[name]
        : undefined;
      const unit = declared?.unit ?? "1";
      return [
        html`<span class="code">${name}</span>`,
        usual.get(name) === stored ? text(stored) : html`<b>${text(stored)}</b>`,
        unit === "1" ? "" : showUnit(unit),
        show(usual.get(name)),
        signalConstants[name] ?? declared?.about ?? "",
      ];
    });
  const { equations, definitions = {} } = balloonWindkessel;
  const drive = `${scale === 1 ? "" : `${text(scale)} × `}${baseline === 0 ? "the activity" : `(the activity − ${text(baseline)})`}`;
  return html`<p>
      ${times} Each region's blood is a balloon model of its own, from rest, in steps of ${showTime(step_ms)}; z is
      ${drive}, as the mean over each step.${from ? html` Constants: <b>${from.id}</b>. ${from.about}` : ""}
    </p>
    <div class="equations" role="group" aria-label="Haemodynamics">
      ${Object.entries(equations).map(([name, one]) => equation(name, perSecond(one), "derivative"))}${Object.entries(definitions).map(([name, one]) => equation(name, one, "definition"))}${equation("BOLD", signal, "definition")}
    </div>
    ${table(plates, html`Constants of the haemodynamics; time in s. Values in bold differ from the preset.`, [{ title: "constant" }, { title: "value", numeric: true }, { title: "unit" }, { title: preset ?? "preset", numeric: true }, { title: "meaning" }], rows)}
    ${papers([...(from?.papers ?? []), ...balloonWindkessel.papers])}`;
}
