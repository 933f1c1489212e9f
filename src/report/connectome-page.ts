import { regionCount, type Connectome } from "../core/connectome.js";
import { connectomeSection } from "./connectome-section.js";
import { html } from "./html.js";
import { counted } from "./numbers.js";
import { footer, page, plates } from "./page.js";

/**
 * A connectome as one self-contained HTML file: what `laennec connectome inspect --report` writes.
 * @throws Fault FILE when the plotting script is not installed
 */
export async function renderConnectomePage(connectome: Connectome): Promise<string> {
  const kept = plates();
  const title = `Connectome ${connectome.source}`;
  const body = html`<header>
      <p class="kind">Connectome</p>
      <h1>${connectome.source}</h1>
      <p class="lead">
        ${counted(regionCount(connectome), "region")}${regionCount(connectome) > 1 ? " and the tracts between them" : ""}.
      </p>
    </header>
    <main>${connectomeSection(connectome, kept, true)}</main>
    ${footer}`;
  return page(title, body, kept.blocks);
}
