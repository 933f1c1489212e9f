import type { Connectome } from "../core/connectome.js";
import type { Recording } from "../engine/setup.js";
import type { MonitorDetail } from "../experiment/monitor-record.js";
import { monitors } from "../monitors/index.js";
import { html, type Html } from "./html.js";
import { counted, show, showUnit } from "./numbers.js";

/** What the columns of a recording are. */
export type Noun = "region" | "sensor" | "group";

export function nounOf({ monitor, regions }: Recording, { labels }: Connectome): Noun {
  const space = Object.hasOwn(monitors, monitor) ? monitors[monitor]?.space : undefined;
  if (space === "sensors") return "sensor";
  return space === "groups" || (monitor === "bold" && regions.some((label) => !labels.includes(label)))
    ? "group"
    : "region";
}

/** A variable as a monitor shows it: of a signal through sensors or blood the variable is only where it comes from. */
export function shownName({ monitor }: Recording, variable: string): string {
  if (monitor === "bold") return `BOLD from ${variable}`;
  return ["eeg", "meg", "seeg"].includes(monitor) ? `${monitor.toUpperCase()} of ${variable}` : variable;
}

/** How sensors were referenced, and what noise they have of their own. */
export function sensorText({ regions, units }: Recording, { sensors }: MonitorDetail): Html | "" {
  if (sensors === undefined) return "";
  const { reference, noise } = sensors;
  const unit = units.every((one) => one === units[0]) ? (units[0] ?? "1") : "1";
  const of = (sd: number) => `${show(sd)}${unit === "1" ? "" : ` ${showUnit(unit)}`}`;
  const against =
    reference === "none"
      ? html`None: each sensor shows what its gains give.`
      : reference === "average"
        ? html`The average of all sensors is taken off each.`
        : html`The sensor <b>${reference}</b> is taken off each.`;
  const own =
    typeof noise === "number"
      ? noise === 0
        ? "none"
        : `white, with a standard deviation of ${of(noise)} in each sensor`
      : `white, with standard deviations of ${of(Math.min(...noise))} to ${of(Math.max(...noise))}`;
  return html`<p>
    ${counted(regions.length, "sensor")} through a lead field. Reference: ${against} Noise of the sensors' own: ${own}.
    Values are in the variable's unit times that of the gains.
  </p>`;
}
