import type { Paper } from "../ir/declare.js";
import { html, type Html } from "./html.js";
import { equation } from "./mathml.js";
import { showUnit } from "./numbers.js";
import type { Plates } from "./page.js";
import type { ReportInput } from "./input.js";
import { parameterTable, regional, table } from "./tables.js";

/** Equations, parameters, coupling, noise: everything that fixes the trajectory but the connectome. */
export function modelSection(input: ReportInput, plates: Plates): Html {
  const { model, coupling, scheme, noise } = input;
  if (model === undefined) return html`<p>The model is not described here; see the provenance.</p>`;
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
    ${table(plates, html`State variables of ${model.id}. D: noise intensity; the variance of the noise grows by 2 D per ms.`, [{ title: "variable" }, { title: "meaning" }, { title: "unit" }, { title: "D", numeric: true }], state)}
    ${parameterTable(plates, html`Parameters of ${model.id}.`, model.parameters, input.parameters)}
    ${
      coupling === undefined
        ? ""
        : html`<h3>Coupling: ${coupling.id}</h3>
            <p>${coupling.about}</p>
            <p class="code">sends ${coupling.sends.join(", ")}<br />receives ${coupling.receives}</p>
            ${Object.keys(coupling.parameters).length > 0 ? parameterTable(plates, html`Parameters of the coupling.`, coupling.parameters, input.couplingParameters) : ""}`
    }
    ${
      scheme === undefined
        ? ""
        : html`<h3>Scheme: ${scheme.id}</h3>
            <p>${scheme.about}</p>`
    }
    ${papers([...model.papers, ...(coupling?.papers ?? []), ...(scheme?.papers ?? [])])}`;
}

function papers(list: readonly Paper[]): Html | "" {
  const once = [...new Map(list.map((paper) => [paper.doi, paper])).values()];
  if (once.length === 0) return "";
  return html`<h3>Papers</h3>
    <ul>
      ${once.map(({ cite, doi, gives }) => html`<li>${cite}. <a href="https://doi.org/${encodeURI(doi)}">doi:${doi}</a> (${gives})</li>`)}
    </ul>`;
}
