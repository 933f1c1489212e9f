import { partOf } from "../engine/parts.js";
import type { Regional } from "../engine/setup.js";
import { mangled, type Mixture } from "../ir/compose/parts.js";
import type { Model, Paper } from "../ir/declare.js";
import { html, type Html } from "./html.js";
import { integrationSection } from "./integration-section.js";
import { equation } from "./mathml.js";
import { counted, showUnit } from "./numbers.js";
import type { Plates } from "./page.js";
import type { ReportInput } from "./input.js";
import { stimulusSection } from "./stimulus-section.js";
import { parameterTable, regional, table } from "./tables.js";

/** Equations, parameters, coupling, scheme, noise, stimuli: everything that fixes the trajectory but the connectome. */
export function modelSection(input: ReportInput, plates: Plates): Html {
  const { model, coupling, scheme } = input;
  if (model === undefined) return html`<p>The model is not described here; see the provenance.</p>`;
  return html`${model.mixed ? mixedModels(input, model, model.mixed, plates) : oneModel(model, input, plates)}
  ${
    coupling === undefined
      ? ""
      : html`<h3>Coupling: ${coupling.id}</h3>
          <p>${coupling.about}</p>
          <p class="code">sends ${coupling.sends.join(", ")}<br />receives ${coupling.receives}</p>
          ${Object.keys(coupling.parameters).length > 0 ? parameterTable(plates, html`Parameters of the coupling.`, coupling.parameters, input.couplingParameters) : ""}`
  }
  ${integrationSection(input, plates)} ${stimulusSection(input, plates)}
  ${papers([...model.papers, ...(coupling?.papers ?? []), ...(scheme?.papers ?? [])])}`;
}

function oneModel(
  model: Model,
  { noise, parameters }: Pick<ReportInput, "noise" | "parameters">,
  plates: Plates,
): Html {
  const equations = [
    ...Object.entries(model.equations).map(([name, text]) => equation(name, text, "derivative")),
    ...Object.entries(model.definitions ?? {}).map(([name, text]) => equation(name, text, "definition")),
  ];
  const state = Object.entries(model.state).map(([name, { unit, about }]) => [
    html`<span class="code">${name}</span>`,
    about,
    unit === "1" ? "" : showUnit(unit),
    noise?.[name] === undefined ? "" : regional(noise[name]),
  ]);
  return html`<p>${model.about}</p>
    <div class="equations" role="group" aria-label="Equations">${equations}</div>
    ${table(plates, html`State variables of ${model.id}. D: noise intensity, see Noise.`, [{ title: "variable" }, { title: "meaning" }, { title: "unit" }, { title: "D", numeric: true }], state)}
    ${parameterTable(plates, html`Parameters of ${model.id}.`, model.parameters, parameters)}`;
}

/** Each model with its regions, then what they send each other. */
function mixedModels(input: ReportInput, model: Model, { parts, channels }: Mixture, plates: Plates): Html {
  const labels = input.connectome.labels;
  const of = partOf({ model, parameters: input.parameters ?? {} });
  const slots = Object.keys(model.state);
  const sections = parts.map((part, k) => {
    const mine = [...labels.keys()].filter((region) => of(region) === k);
    const at = (value: Regional | undefined): Regional | undefined =>
      typeof value === "object" ? Float64Array.from(mine, (region) => value[region] ?? NaN) : value;
    const own = (names: readonly string[], find: (name: string, v: number) => Regional | undefined) =>
      Object.fromEntries(
        names.flatMap((name, v): [string, Regional][] => {
          const value = at(find(name, v));
          return value === undefined ? [] : [[name, value]];
        }),
      );
    const parameters = own(Object.keys(part.model.parameters), (name) => input.parameters?.[mangled(part, name)]);
    const noise = input.noise && own(Object.keys(part.model.state), (_, v) => input.noise?.[slots[v] ?? ""]);
    return html`<h3>${part.name}: ${counted(mine.length, "region")}</h3>
      <p>
        ${mine.length <= 20 || mine.length * 2 <= labels.length ? mine.map((region) => labels[region]).join(", ") : "All that no other model has."}${part.timeScale === undefined ? "" : ` One unit of its time lasts ${part.timeScale} ms.`}
      </p>
      ${oneModel(part.model, { parameters, noise }, plates)}`;
  });
  const rows = channels.flatMap(({ send, receive }, c) =>
    parts.map(({ name }) => [
      `${c + 1}`,
      name,
      html`<span class="code">${send[name] ?? "0"}</span>`,
      html`<span class="code">${receive[name] ?? "–"}</span>`,
    ]),
  );
  return html`${sections}
  ${table(plates, html`What the models send each other through the coupling.`, [{ title: "channel" }, { title: "model" }, { title: "sends" }, { title: "receives as" }], rows)}`;
}

export function papers(list: readonly Paper[]): Html | "" {
  const once = [...new Map(list.map((paper) => [paper.doi, paper])).values()];
  if (once.length === 0) return "";
  return html`<h3>Papers</h3>
    <ul>
      ${once.map(({ cite, doi, gives }) => html`<li>${cite}. <a href="https://doi.org/${encodeURI(doi)}">doi:${doi}</a> (${gives})</li>`)}
    </ul>`;
}
