import { regionCount } from "../core/connectome.js";
import { spearman } from "../analysis/correlation.js";
import { upperTriangle } from "../analysis/functional-connectivity.js";
import type { Recording } from "../engine/setup.js";
import { connectomeSection, note } from "./connectome-section.js";
import { extentOf, showExtent, type Extent } from "./extent.js";
import { html, type Html } from "./html.js";
import { startMs, type ReportInput } from "./input.js";
import { modelSection } from "./model-section.js";
import { counted, show, showCount, showTime } from "./numbers.js";
import { footer, page, plates, type Plates } from "./page.js";
import { provenanceRows, remarks } from "./provenance.js";
import { numbersTable, prepare, signalSection, type Shown } from "./signal-section.js";
import { keyTable } from "./tables.js";

/** Variables shown with all their pictures: so many that the file stays below about 10 MB, half of which is Plotly. */
const mostSections = (regions: number): number => (regions > 300 ? 2 : regions > 150 ? 3 : 4);

export type { ReportInput } from "./input.js";

/**
 * One run as one self-contained HTML file, without network and without other files.
 * @throws Fault FILE when the plotting script is not installed
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const kept = plates();
  const extent = extentOf(input);
  // What measurements are compared with comes first.
  const recordings = [...input.recordings].sort((a, b) => Number(b.monitor === "bold") - Number(a.monitor === "bold"));
  const all = roundRobin(recordings).map(({ recording, variable }) => prepare(recording, variable));
  const detailed = all.slice(0, mostSections(regionCount(input.connectome)));
  const sections: Section[] = [
    { id: "run", title: "What was run", body: modelSection(input, kept) },
    { id: "connectome", title: "Connectome", body: connectomeSection(input.connectome, kept, false) },
    { id: "activity", title: "Activity", body: activity(all, detailed, input, kept) },
    { id: "provenance", title: "Provenance", body: provenance(input, kept) },
  ];
  const body = html`<header>
      <p class="kind">Simulation report</p>
      <h1>${input.title}</h1>
      <p class="lead">${lead(input)}</p>
      ${extent.warning === undefined ? "" : note([extent.warning], "Part of a run")}
      ${facts(input, extent)}${note(otherRemarks(input, extent), "Deviations and compatibility")}${contents(sections)}
    </header>
    <main>${sections.map(render)}</main>
    ${footer}`;
  return page(input.title, body, kept.blocks);
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

const contents = (sections: readonly Section[]): Html =>
  html`<nav aria-label="Contents">
    ${sections.map(({ id, title }, k) => html`<a href="#${id}">${k + 1} ${title}</a>`)}
  </nav>`;

const render = ({ id, title, body }: Section, k: number): Html =>
  html`<section id="${id}">
    <h2><span class="n">${k + 1}</span>${title}</h2>
    ${body}
  </section>`;

/** First variables of all recordings, then second ones: no recording is crowded out by another's many variables. */
function roundRobin(recordings: readonly Recording[]): { recording: Recording; variable: string }[] {
  const most = Math.max(0, ...recordings.map(({ variables }) => variables.length));
  return Array.from({ length: most }, (_, k) =>
    recordings.flatMap((recording) => {
      const variable = recording.variables[k];
      return variable === undefined ? [] : [{ recording, variable }];
    }),
  ).flat();
}

function lead({ model, connectome, coupling, scheme, noise }: ReportInput): string {
  const what = model === undefined ? "A network" : `The ${model.id} model`;
  const how = [
    coupling && `${coupling.id} coupling`,
    scheme && `the ${scheme.id} scheme`,
    scheme && (noise ? "noise" : "no noise"),
  ].filter((text) => text !== undefined);
  return `${what} on the ${counted(regionCount(connectome), "region")} of ${connectome.source}${how.length > 0 ? `, with ${how.join(", ")}` : ""}.`;
}

/** An interruption is told in its own box. */
const otherRemarks = ({ provenance }: ReportInput, { warning }: Extent): string[] =>
  remarks(provenance).filter((text) => warning === undefined || !/\bstopped after \d+ of \d+ steps$/.test(text));

function facts(input: ReportInput, extent: Extent): Html {
  const { dtMs, transientSteps, seed, conductionSpeed, connectome, recordings, stimuli = [] } = input;
  const rows: (readonly [string, string | undefined])[] = [
    ["simulated", showExtent(extent)],
    ["left out before", dtMs !== undefined && transientSteps ? showTime(dtMs * transientSteps) : undefined],
    ["began at", input.start?.kind === "checkpoint" ? showTime(startMs(input)) : undefined],
    ["step", dtMs === undefined ? undefined : `${show(dtMs)} ms`],
    ["regions", String(regionCount(connectome))],
    [
      "conduction speed",
      conductionSpeed === undefined
        ? undefined
        : conductionSpeed === Infinity
          ? "no delays"
          : `${show(conductionSpeed)} mm/ms`,
    ],
    ["seed", seed === undefined ? undefined : String(seed)],
    ["stimuli", stimuli.length > 0 ? String(stimuli.length) : undefined],
    ["recordings", recordings.map(({ name }) => name).join(", ") || "none"],
  ];
  return html`<dl class="facts">
    ${rows.flatMap(([key, value]) =>
      value === undefined
        ? []
        : [
            html`<div>
              <dt>${key}</dt>
              <dd>${value}</dd>
            </div>`,
          ],
    )}
  </dl>`;
}

function activity(all: readonly Shown[], detailed: readonly Shown[], input: ReportInput, kept: Plates): Html {
  if (all.length === 0) return html`<p>Nothing was recorded.</p>`;
  const left = all.slice(detailed.length).map(({ recording, variable }) => `${recording.name}: ${variable}`);
  return html`${numbersTable(all, kept)} ${agreement(all)}
  ${left.length > 0 ? html`<p>Without pictures, to keep this page small: ${left.join(", ")}.</p>` : ""}
  ${detailed.map(
    (shown, k) =>
      html`<h3><span class="n">3.${k + 1}</span>${shown.recording.name}: ${shown.variable}</h3>
        ${signalSection(shown, input, kept)}`,
  )}`;
}

/** How the connectivity of BOLD goes with that of the activity. */
function agreement(all: readonly Shown[]): Html | "" {
  const long = all.filter(
    ({ samples, signals, correlation }) =>
      samples >= 8 && signals.regions.length > 2 && correlation().constant.length === 0,
  );
  const bold = long.find(({ recording }) => recording.monitor === "bold");
  const fast = long.find(
    ({ recording, signals }) =>
      recording.monitor !== "bold" && signals.regions.join("\n") === bold?.signals.regions.join("\n"),
  );
  if (!bold || !fast) return "";
  const count = bold.signals.regions.length;
  const [slow, quick] = [bold, fast].map((one) => upperTriangle(one.correlation().matrix, count));
  if (!slow || !quick || slow.length !== quick.length || slow.length < 3) return "";
  return html`<p>
    Functional connectivity is shown of BOLD and of the activity itself: over the ${showCount(slow.length)} pairs of
    regions that of ${bold.recording.name} and that of ${fast.recording.name} correlate with ρ<sub>S</sub> =
    ${show(spearman([...slow], [...quick]), 2)}.
  </p>`;
}

function provenance({ provenance: record }: ReportInput, kept: Plates): Html {
  const rows = provenanceRows(record).map(([key, value]) => [key, html`<span class="code">${value}</span>`] as const);
  return rows.length === 0
    ? html`<p>No record of the run was given.</p>`
    : keyTable(kept, html`The record of the run, as in run.json.`, rows);
}
