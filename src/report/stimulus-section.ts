import type { Connectome } from "../core/connectome.js";
import { coursesOf, isPresent, largest, type Course } from "./courses.js";
import { minMaxSamples } from "./decimate.js";
import { axis, band, colours, layout, pack, type Figure, type JsonObject } from "./figure.js";
import { html, plotText, type Html } from "./html.js";
import { startMs, type ReportInput, type StimulusView } from "./input.js";
import { counted, show, showTime, showUnit } from "./numbers.js";
import type { Plates } from "./page.js";
import { table } from "./tables.js";

/** Courses that can be told apart in one picture. */
const mostCourses = 8;

/** What acted from outside: a list, and the courses over the whole run. */
export function stimulusSection(input: ReportInput, plates: Plates): Html | "" {
  const { stimuli = [], connectome, dtMs, steps, transientSteps = 0 } = input;
  if (stimuli.length === 0) return "";
  const begin = startMs(input);
  const known = dtMs !== undefined && steps !== undefined;
  const courses = known
    ? coursesOf(stimuli.slice(0, mostCourses), begin, begin + dtMs * (steps + transientSteps), dtMs)
    : [];
  const rows = stimuli.map((one, k) => [
    `${k + 1}`,
    one.target.kind === "variable"
      ? html`d<span class="code">${one.target.name}</span>/dt`
      : html`parameter <span class="code">${one.target.name}</span>`,
    regionsInWords(one, connectome),
    html`<span class="code">${one.course ?? expression(one)}</span>`,
    acting(courses.find(({ number }) => number === k + 1)),
  ]);
  const columns = ["", "added to", "regions (weight)", "course", "acts"].map((title) => ({ title }));
  return html`<h3>Stimuli</h3>
    ${table(plates, html`What acts from outside. Each region gets its weight times the course, at every stage of every step; several on one target add up. Times count from the start of the ${begin > 0 ? "first run" : "simulation"}, before the transient.`, columns, rows)}
    ${courses.length === 0 || !known ? "" : plates.figure(courseFigure(courses, stimuli, begin, begin + dtMs * transientSteps))}`;
}

const expression = ({ signal }: StimulusView): string =>
  signal.kind === "expression"
    ? signal.text
    : `recorded, ${counted(signal.rows, "row")} every ${showTime(signal.stepMs)} from ${showTime(signal.startMs)}`;

/** The regions that get it, the strongest first. */
export function regionsInWords({ weights }: Pick<StimulusView, "weights">, { labels }: Connectome): string {
  if (typeof weights === "number") return weights === 1 ? "all" : `all (${show(weights)})`;
  const order = [...weights.keys()]
    .filter((k) => weights[k] !== 0)
    .sort((a, b) => Math.abs(weights[b] ?? 0) - Math.abs(weights[a] ?? 0) || a - b);
  if (order.length === 0) return "none";
  const same = order.every((k) => weights[k] === weights[order[0] ?? 0]);
  if (order.length === labels.length && same) return `all (${show(weights[0])})`;
  const some = order.slice(0, 6).map((k) => `${labels[k] ?? ""}${same ? "" : ` (${show(weights[k], 3)})`}`);
  const rest = order.length - some.length;
  return `${some.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}${same && weights[order[0] ?? 0] !== 1 ? ` (${show(weights[order[0] ?? 0])})` : ""}`;
}

/** The region that gets most of it, where not all get the same. */
export function strongest({ weights }: Pick<StimulusView, "weights">, { labels }: Connectome): string | undefined {
  if (typeof weights === "number") return undefined;
  const most = Math.abs(largest(weights));
  const at = weights.findIndex((w) => Math.abs(w) === most);
  return most === 0 || weights.every((w) => Math.abs(w) === most) ? undefined : labels[at];
}

function acting(course: Course | undefined): string {
  if (!course) return "–";
  const { active, time } = course;
  const [first, last] = [active[0], active.at(-1)];
  if (!first || !last) return "never in this run";
  const end = Math.min(last[1], time.at(-1) ?? 0);
  if (active.length === 1)
    return first[0] <= (time[0] ?? 0) && end >= (time.at(-1) ?? 0)
      ? "all the time"
      : `${showTime(first[0])} to ${showTime(end)}`;
  return `${counted(active.length, "time")} from ${showTime(first[0])} to ${showTime(end)}`;
}

/** Each course on an axis of its own, over one time; the transient is grey. */
function courseFigure(
  courses: readonly Course[],
  stimuli: readonly StimulusView[],
  begin: number,
  recorded: number,
): Figure {
  const end = courses[0]?.time.at(-1) ?? 0;
  const perUnit = end >= 2000 ? 1000 : 1;
  const absent = stimuli.flatMap(({ signal }, k) => (isPresent(signal) ? [] : [k + 1]));
  const gap = 0.12 / courses.length;
  const coarse = courses.find(({ stepMs, time }) => time.length > 1 && stepMs > 0)?.stepMs ?? 0;
  const axes = Object.fromEntries(
    courses.map(({ number, target }, k): [string, JsonObject] => [
      k === 0 ? "yaxis" : `yaxis${k + 1}`,
      axis(`${number}: ${plotText(target)}${unitOf(stimuli[number - 1])}`, {
        domain: [1 - (k + 1) / courses.length + (k === courses.length - 1 ? 0 : gap), 1 - k / courses.length],
        nticks: 4,
        rangemode: "tozero",
      }),
    ]),
  );
  return {
    kind: "stimuli",
    alt: `Courses of the stimuli over time`,
    caption: html`Courses of the stimuli over the whole run, in a region of the largest weight.
    ${recorded > begin ? `Grey: the transient, to ${showTime(recorded)}, which is not recorded.` : ""} Looked at every
    ${showTime(coarse)}. ${stimuli.length > mostCourses ? `The first ${mostCourses} of ${stimuli.length}.` : ""}
    ${absent.length > 0 ? `Without a picture, for only the checksum of its values is kept: ${absent.join(", ")}.` : ""}`,
    height: 60 + Math.max(110, 82 * courses.length),
    data: courses.map(({ time, values }, k) => {
      const picked = minMaxSamples(values, 900);
      return {
        type: "scatter",
        mode: "lines",
        x: pack(
          Array.from(picked, (at) => (time[at] ?? NaN) / perUnit),
          "f8",
        ),
        y: pack(Array.from(picked, (at) => values[at] ?? NaN)),
        ...(k === 0 ? {} : { yaxis: `y${k + 1}` }),
        line: { width: 1.2, color: colours.orange, simplify: false },
        hovertemplate: `%{x:.6~g} ${perUnit === 1000 ? "s" : "ms"}: %{y:.5~g}<extra></extra>`,
      };
    }),
    layout: layout({
      margin: { l: 80, r: 16, t: 8, b: 46 },
      xaxis: axis(`time (${perUnit === 1000 ? "s" : "ms"})`, {
        range: [begin / perUnit, end / perUnit],
        anchor: courses.length > 1 ? `y${courses.length}` : "y",
      }),
      ...axes,
      shapes: recorded > begin ? [band(begin / perUnit, recorded / perUnit, "rgba(91,102,117,0.13)")] : [],
    }),
  };
}

const unitOf = (one: StimulusView | undefined): string =>
  one?.unit === undefined || one.unit === "1" ? "" : ` (${showUnit(one.unit)})`;
