import type { ConnectomeSummary, Range } from "./inspect.js";

const short = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toPrecision(4).replace(/\.?0+($|e)/, "$1");
const spread = ({ least, median, mean, most }: Range): string =>
  `${short(least)} … ${short(most)}, median ${short(median)}, mean ${short(mean)}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const bars = "▁▂▃▄▅▆▇█";

/** The summary as lines of text for a terminal; what a person should worry about ends in "!". */
export function printSummary(summary: ConnectomeSummary): string {
  const { weights, lengths, histogram, inStrength, hemispheres, delays, isolatedRegions } = summary;
  const most = Math.max(1, ...histogram.counts);
  const picture = histogram.counts
    .map((count) => (count === 0 ? " " : bars[Math.ceil((count / most) * 8) - 1]))
    .join("");
  const rows: [string, string | undefined][] = [
    ["source", summary.source],
    [
      "regions",
      `${summary.regions}${hemispheres ? `, ${hemispheres.left} left and ${hemispheres.right} right` : ""}${summary.cortical === undefined ? "" : `, ${summary.cortical} cortical`}`,
    ],
    [
      "links",
      `${summary.links}, density ${percent(summary.density)}${hemispheres ? `, ${hemispheres.acrossLinks} across the midline` : ""}`,
    ],
    ["self links", summary.selfLinks > 0 ? `${summary.selfLinks} !` : "none"],
    [
      "symmetry",
      summary.asymmetry === 0
        ? "symmetric"
        : `asymmetry ${percent(summary.asymmetry)}, ${summary.oneWayLinks} one-way links; rows are targets !`,
    ],
    ["negative", summary.negativeWeights > 0 ? `${summary.negativeWeights} weights !` : undefined],
    ["weights", weights && spread(weights)],
    ["in-strength", inStrength && spread(inStrength)],
    ["lengths (mm)", lengths && spread(lengths)],
    ["", lengths && `0 ${picture} ${short(lengths.most)}`],
    ["zero lengths", summary.zeroLengthLinks > 0 ? `${summary.zeroLengthLinks} links act at once !` : undefined],
    [
      "unused lengths",
      summary.lengthsWithoutLink > 0 ? `${summary.lengthsWithoutLink} pairs have a length but no link` : undefined,
    ],
    ["parts", summary.components > 1 ? `${summary.components} that are not connected !` : "one"],
    [
      "isolated",
      isolatedRegions.length > 0
        ? `${isolatedRegions.slice(0, 8).join(", ")}${isolatedRegions.length > 8 ? ", …" : ""} !`
        : undefined,
    ],
    ["delays (steps)", delays && `${spread(delays.steps)} at ${delays.speed} mm/ms and dt ${delays.dtMs} ms`],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(16)}${text}`])).join("\n");
}
