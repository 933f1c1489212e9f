import type { Connectome } from "../core/connectome.js";
import { lengthsFigure, strengthFigure, tractsFigure, weightsFigure } from "./connectome-figures.js";
import { html, type Html } from "./html.js";
import { connectomeFacts, connectomeWarnings } from "./network.js";
import { percent, show, showCount } from "./numbers.js";
import type { Plates } from "./page.js";
import { graphFigure, projectionsFigure } from "./space-figures.js";
import { keyTable } from "./tables.js";

/** Pictures and numbers of a connectome; `full` adds what a reader wants who looks at nothing else. */
export function connectomeSection(connectome: Connectome, plates: Plates, full: boolean): Html {
  const facts = connectomeFacts(connectome);
  const warnings = connectomeWarnings(connectome, facts);
  const { centres } = connectome;
  const drawn = facts.regions > 1;
  const matrix = drawn && facts.connections + facts.selfLinks > 0;
  // Of one pair of regions the table says all.
  const spread = facts.connections > 2;
  return html`${note(warnings)}
  ${matrix || spread ? html`<div class="pair">${matrix ? plates.figure(weightsFigure(connectome, facts)) : ""}${spread ? plates.figure(lengthsFigure(connectome, facts)) : ""}</div>` : ""}
  ${centres === undefined || !drawn ? "" : html`${plates.figure(graphFigure(connectome, centres))}${plates.figure(projectionsFigure(connectome, centres))}`}
  ${
    full && spread
      ? html`${plates.figure(strengthFigure(connectome))}
          <div class="pair">
            ${plates.figure(tractsFigure(connectome))}
            <div>${numbers()}</div>
          </div>`
      : numbers()
  }`;

  function numbers(): Html {
    const { weights, lengths } = facts;
    const between: (readonly [string, string])[] = [
      [
        "connections",
        `${showCount(facts.connections)} of ${showCount(facts.regions * (facts.regions - 1))} (density ${percent(facts.density)})`,
      ],
      ["weights", `${show(weights.min)} to ${show(weights.max)}, median ${show(weights.median)}`],
      ["asymmetry", `${percent(facts.asymmetry)}, as Σ|w(i,j) − w(j,i)| / Σ(|w(i,j)| + |w(j,i)|)`],
      [
        "tract lengths",
        `${show(lengths.min)} to ${show(lengths.max)} mm, median ${show(lengths.median)}, mean ${show(lengths.mean)} mm`,
      ],
      [
        "joined parts",
        facts.components.length === 1 ? "1: every region can be reached" : facts.components.slice(0, 12).join(" + "),
      ],
    ];
    const caption =
      facts.connections > 0
        ? html`The connectome in numbers. Density and asymmetry leave self links out.`
        : html`The connectome in numbers.`;
    return keyTable(plates, caption, [
      ["source", connectome.source],
      ["regions", regionKinds(connectome)],
      ...(facts.connections > 0 ? between : [["connections", "none"] as const]),
      ["self links", String(facts.selfLinks)],
    ]);
  }
}

export function note(warnings: readonly string[], title = "Worth knowing"): Html | "" {
  if (warnings.length === 0) return "";
  return html`<div class="note warn">
    <b>${title}</b>
    <ul>
      ${warnings.map((text) => html`<li>${text}</li>`)}
    </ul>
  </div>`;
}

function regionKinds({ labels, hemispheres, cortical }: Connectome): string {
  const right = hemispheres?.reduce((sum, side) => sum + side, 0);
  const kinds = [
    right === undefined ? undefined : `${labels.length - right} left, ${right} right`,
    cortical === undefined ? undefined : `${cortical.reduce((sum, c) => sum + c, 0)} cortical`,
  ].filter((text) => text !== undefined);
  return `${labels.length}${kinds.length > 0 ? ` (${kinds.join("; ")})` : ""}`;
}
