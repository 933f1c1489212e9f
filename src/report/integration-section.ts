import type { IntegrationRecord } from "../experiment/integration-record.js";
import { html, type Html } from "./html.js";
import { startMs, type ReportInput } from "./input.js";
import { counted, percent, show, showCount, showTime } from "./numbers.js";
import type { Plates } from "./page.js";
import { regional, table } from "./tables.js";

/** How the equations were solved: scheme and steps, noise, what was held, and where the run began. */
export function integrationSection(input: ReportInput, plates: Plates): Html {
  return html`${schemeText(input)}${noiseText(input)}${heldTable(input, plates)}${startText(input)}`;
}

function schemeText({ scheme, integration, provenance, dtMs, steps, transientSteps = 0 }: ReportInput): Html | "" {
  if (scheme === undefined) return "";
  const values = Object.entries(scheme.parameters ?? {}).map(
    ([name, { default: usual, about }]) =>
      `${name} = ${show(integration?.scheme_parameters?.[name] ?? usual)} (${about})`,
  );
  const tolerance = integration?.tolerance;
  return html`<h3>Scheme: ${scheme.id}</h3>
    <p>${scheme.about}</p>
    ${values.length > 0 ? html`<p>${values.join("; ")}.</p>` : ""}
    ${
      tolerance === undefined
        ? dtMs === undefined
          ? ""
          : html`<p>Whole steps of ${show(dtMs)} ms.</p>`
        : html`<p>
            Each step${dtMs === undefined ? "" : ` of ${show(dtMs)} ms`} is taken in as many equal parts as keep the
            estimated local error of every variable x within ${show(tolerance.absolute)} + ${show(tolerance.relative)}
            |x|. ${partsText(provenance["statistics"], steps === undefined ? undefined : steps + transientSteps)}
          </p>`
    }`;
}

/** From the engine's statistics: how many parts were taken, and how many had to be taken again. */
function partsText(statistics: unknown, steps: number | undefined): string {
  const parts: unknown = isRecord(statistics) ? statistics["parts"] : undefined;
  if (!isRecord(parts)) return "";
  const { taken, rejected, most } = parts;
  if (typeof taken !== "number" || typeof rejected !== "number") return "";
  const tried = taken + rejected;
  return (
    `${counted(taken, "part")} ${taken === 1 ? "was" : "were"} taken` +
    `${steps === undefined ? "" : ` in ${counted(steps, "step")}`}, and ${showCount(rejected)} rejected` +
    `${rejected > 0 ? ` (${percent(rejected / tried)} of those tried)` : ""}` +
    `${typeof most === "number" ? `; at most ${counted(most, "part")} in one step` : ""}.`
  );
}

function noiseText({ noise, integration = {}, model, seed, scheme }: ReportInput): Html | "" {
  if (scheme === undefined) return "";
  const variables = Object.keys(noise ?? {});
  if (noise === undefined || variables.length === 0)
    return html`<h3>Noise</h3>
      <p>
        None: the course follows from the start${scheme.noise && !scheme.noise.optional ? "" : " and the equations"}
        alone.
      </p>`;
  const { noise_factor: factors, correlation_time_ms: correlation } = integration;
  const which = model?.mixed
    ? "of the variables that the tables of the models name"
    : variables.map((name) => `${name} (D = ${regional(noise[name] ?? 0)})`).join(", ");
  const kind = `${factors ? "Multiplicative" : "Additive"} ${correlation === undefined ? "white" : "correlated"} noise`;
  return html`<h3>Noise</h3>
    <p>
      ${kind}
      ${model?.mixed ? which : `on ${which}`}${seed === undefined ? "" : `, drawn by seed ${seed}, by region, variable and step`}.
      ${
        correlation === undefined
          ? html`In a step of length dt it has the variance 2 D dt${factors ? html` times b²` : ""}.`
          : html`It is exponentially correlated over ${showTime(correlation)}: an Ornstein–Uhlenbeck process, stationary
            from the start, is added to the slope${factors ? html` times b` : ""}.`
      }
    </p>
    ${factors ? factorText(factors, integration.calculus, variables) : ""}`;
}

function factorText(
  factors: Readonly<Record<string, string>>,
  calculus: IntegrationRecord["calculus"],
  variables: readonly string[],
): Html {
  const used = variables.filter((name) => Object.hasOwn(factors, name));
  const plain = variables.filter((name) => !Object.hasOwn(factors, name));
  return html`<p>
    ${used.map((name, k) => html`${k > 0 ? ", " : ""}<span class="code">b(${name}) = ${factors[name] ?? ""}</span>`)}${plain.length > 0 ? html`; b = 1 for ${plain.join(", ")}` : ""}.
    ${calculus === undefined ? "" : html`It is meant in the sense of <b>${calculus}</b>.`}
  </p>`;
}

function heldTable({ integration, connectome }: ReportInput, plates: Plates): Html | "" {
  const held = Object.entries(integration?.clamp ?? {});
  if (held.length === 0) return "";
  const rows = held.flatMap(([name, value]) => {
    const variable = html`<span class="code">${name}</span>`;
    if (typeof value === "number") return [[variable, show(value), "all"]];
    const byValue = new Map<number, string[]>();
    value.forEach((one, k) => {
      if (one !== null) byValue.set(one, [...(byValue.get(one) ?? []), connectome.labels[k] ?? `${k}`]);
    });
    return [...byValue].map(([one, labels]) => [
      variable,
      show(one),
      labels.length > 12 ? `${labels.slice(0, 12).join(", ")} and ${labels.length - 12} more` : labels.join(", "),
    ]);
  });
  return html`<h3>Held variables</h3>
    ${table(plates, html`State variables that were held at a value in every stage of every step, whatever their equations say.`, [{ title: "variable" }, { title: "value", numeric: true }, { title: "regions" }], rows)}`;
}

function startText(input: ReportInput): Html | "" {
  const { start, dtMs, seed, transientSteps = 0 } = input;
  if (start === undefined) return "";
  const begin = startMs(input);
  const transient =
    dtMs !== undefined && transientSteps > 0
      ? ` ${showTime(dtMs * transientSteps)} of transient were simulated first and not recorded: recording starts after ${showTime(begin + dtMs * transientSteps)}.`
      : "";
  const what = {
    seeded: `At time 0, from values drawn${seed === undefined ? "" : ` by seed ${seed}`} within the model's start ranges, constant in the past.`,
    state: "At time 0, from a given state, constant in the past.",
    history: "At time 0, with a given past.",
    checkpoint: `Where another run stood${dtMs === undefined ? "" : `, at ${showTime(begin)}`}`,
  }[start.kind];
  if (start.kind !== "checkpoint") {
    const sum = start.kind === "seeded" ? "" : html` <span class="code">${start.what}</span>`;
    return html`<h3>Where it began</h3>
      <p>${what}${sum}${transient}</p>`;
  }
  return html`<h3>Where it began</h3>
    <p>
      ${what}: after step
      ${showCount(start.step)}${start.file === undefined ? "" : html`, from <span class="code">${start.file}</span>`}.
      Time and random numbers go on: times on this page count from the start of the first run.${transient}
      <span class="code">${start.what}</span>
    </p>`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
