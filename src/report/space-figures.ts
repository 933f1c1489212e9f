import type { Connectome } from "../core/connectome.js";
import { axis, colours, ink, layout, type Figure, type Json, type JsonObject } from "./figure.js";
import { html, plotText } from "./html.js";
import { strengths, strongestEdges, type Edge } from "./network.js";
import { counted, show } from "./numbers.js";

/** Connections drawn per region: more hides the network it should show. */
const edgesPerRegion = 4;
const mostEdges = 2000;

interface Side {
  readonly name: string;
  readonly colour: string;
  readonly members: readonly number[];
}

function sides({ hemispheres, labels }: Connectome): Side[] {
  const of = (wanted: number | undefined) => [...labels.keys()].filter((k) => hemispheres?.[k] === wanted);
  if (hemispheres === undefined) return [{ name: "region", colour: colours.blue, members: of(undefined) }];
  return [
    { name: "left", colour: colours.blue, members: of(0) },
    { name: "right", colour: colours.orange, members: of(1) },
  ].filter((side) => side.members.length > 0);
}

/** Three classes of line, strongest widest: one trace each. Equal weights are in one class. */
function classes(
  edges: readonly Edge[],
): { readonly edges: readonly Edge[]; readonly width: number; readonly colour: string }[] {
  const third = Math.floor(edges.length / 3);
  const [strong = 0, middle = 0] = [edges[third]?.weight, edges[2 * third]?.weight];
  return [
    { edges: edges.filter(({ weight }) => weight >= strong), width: 2.4, colour: "rgba(52,64,80,0.7)" },
    {
      edges: edges.filter(({ weight }) => weight < strong && weight >= middle),
      width: 1.5,
      colour: "rgba(90,104,122,0.55)",
    },
    { edges: edges.filter(({ weight }) => weight < middle), width: 0.8, colour: "rgba(120,134,152,0.5)" },
  ].filter((line) => line.edges.length > 0);
}

/** The connections to draw, and a word on those that are as strong as the last of them. */
function drawnEdges(connectome: Connectome): { readonly edges: Edge[]; readonly ties: string } {
  const wanted = Math.min(mostEdges, edgesPerRegion * connectome.labels.length);
  const all = strongestEdges(connectome, Infinity);
  const edges = all.slice(0, wanted);
  const last = edges.at(-1)?.weight;
  const left = all.slice(wanted).filter(({ weight }) => weight === last).length;
  return { edges, ties: left === 0 ? "" : ` (${left} more are as strong as the weakest of them)` };
}

const sizes = (connectome: Connectome, smallest: number, largest: number) => {
  const { received, sent } = strengths(connectome);
  const both = received.map((value, k) => value + (sent[k] ?? 0));
  // Dots of many regions would cover one another.
  const crowd = Math.min(1, Math.sqrt(120 / connectome.labels.length));
  const most = both.reduce((a, b) => Math.max(a, b), 0) || 1;
  // Area, not diameter, is read as amount.
  return {
    of: (k: number) => crowd * smallest + crowd * (largest - smallest) * Math.sqrt((both[k] ?? 0) / most),
    received,
  };
};

/** Lengths of the scene's axes, in proportion to the data. Their size is the zoom, which in a parallel view is not the eye's distance. */
function aspect(centres: Float64Array): JsonObject {
  const extents = [0, 1, 2].map((dimension) => {
    const values = centres.filter((_, k) => k % 3 === dimension);
    return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
  });
  const longest = Math.max(...extents) || 1;
  const [x, y, z] = extents.map((extent) => 1.5 * Math.max(0.05, extent / longest));
  return { x, y, z };
}

/** The network in space, to be turned by hand. */
export function graphFigure(connectome: Connectome, centres: Float64Array): Figure {
  const at = (k: number, dimension: number): number => Number((centres[3 * k + dimension] ?? 0).toFixed(2));
  const { edges, ties } = drawnEdges(connectome);
  const size = sizes(connectome, 4, 20);
  const path = (list: readonly Edge[], dimension: number): Json =>
    list.flatMap(({ source, target }) => [at(source, dimension), at(target, dimension), null]);
  const lines = classes(edges).map(({ edges: list, width, colour }) => ({
    type: "scatter3d",
    mode: "lines",
    hoverinfo: "skip",
    showlegend: false,
    x: path(list, 0),
    y: path(list, 1),
    z: path(list, 2),
    line: { width, color: colour },
  }));
  const nodes = sides(connectome).map(({ name, colour, members }) => ({
    type: "scatter3d",
    mode: "markers",
    name,
    x: members.map((k) => at(k, 0)),
    y: members.map((k) => at(k, 1)),
    z: members.map((k) => at(k, 2)),
    text: members.map((k) => `${plotText(connectome.labels[k] ?? "")}<br>receives ${show(size.received[k])}`),
    hovertemplate: "%{text}<br>(%{x:.1f}, %{y:.1f}, %{z:.1f}) mm<extra></extra>",
    marker: {
      size: members.map((k) => Number(size.of(k).toFixed(2))),
      color: colour,
      opacity: 1,
      line: { color: "#ffffff", width: 1 },
    },
  }));
  const plain: JsonObject = {
    showbackground: false,
    gridcolor: "#e6e9ed",
    zerolinecolor: "#e6e9ed",
    showspikes: false,
    tickfont: { size: 10, color: ink.soft },
    nticks: 5,
  };
  const named = (text: string): JsonObject => ({ ...plain, title: { text, font: { size: 11, color: ink.soft } } });
  const view = (label: string, x: number, y: number, z: number, up: number): JsonObject => ({
    label,
    method: "relayout",
    args: [
      {
        "scene.camera": {
          eye: { x, y, z },
          up: { x: 0, y: up === 1 ? 1 : 0, z: up === 2 ? 1 : 0 },
          projection: { type: "orthographic" },
        },
      },
    ],
  });
  return {
    kind: "graph",
    alt: "Regions and their strongest connections in space",
    caption: html`Regions at their
    centres${edges.length === 0 ? "; no connection joins them." : ` and the ${edges.length === 1 ? "one connection" : `${edges.length} strongest connections${ties}, thicker when stronger`}; area of a dot: summed weights.`}
    Drag to turn, scroll to come nearer. Axes are those of the connectome's own file.`,
    height: 560,
    screenOnly: true,
    data: [...lines, ...nodes],
    layout: layout({
      margin: { l: 0, r: 0, t: 8, b: 0 },
      showlegend: nodes.length > 1,
      legend: { x: 0.01, y: 0.99, itemsizing: "constant", bgcolor: "rgba(255,255,255,0.7)" },
      scene: {
        aspectmode: "manual",
        aspectratio: aspect(centres),
        xaxis: named("x (mm)"),
        yaxis: named("y (mm)"),
        zaxis: named("z (mm)"),
        camera: { eye: { x: 0.86, y: 0.86, z: 0.6 }, projection: { type: "orthographic" } },
      },
      updatemenus: [
        {
          type: "buttons",
          direction: "right",
          x: 1,
          xanchor: "right",
          y: 0.02,
          yanchor: "bottom",
          pad: { r: 4 },
          bgcolor: "#ffffff",
          bordercolor: ink.line,
          font: { size: 11 },
          showactive: false,
          buttons: [
            view("oblique", 0.86, 0.86, 0.6, 2),
            view("along x", 1.4, 0, 0, 2),
            view("along y", 0, -1.4, 0, 2),
            view("along z", 0, 0, 1.4, 1),
          ],
        },
      ],
    }),
  };
}

/** The same network, flat, from three directions: for paper and for machines without a graphics card. */
export function projectionsFigure(connectome: Connectome, centres: Float64Array): Figure {
  const at = (k: number, dimension: number): number => Number((centres[3 * k + dimension] ?? 0).toFixed(2));
  const { edges } = drawnEdges(connectome);
  const size = sizes(connectome, 2.5, 11);
  const planes = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const;
  const names = ["x (mm)", "y (mm)", "z (mm)"];
  const data: JsonObject[] = [];
  const axes: Record<string, JsonObject> = {};
  planes.forEach(([a, b], panel) => {
    const suffix = panel === 0 ? "" : String(panel + 1);
    const on = { xaxis: `x${suffix}`, yaxis: `y${suffix}` };
    for (const { edges: list, width, colour } of classes(edges)) {
      const path = (dimension: number): Json =>
        list.flatMap(({ source, target }) => [at(source, dimension), at(target, dimension), null]);
      data.push({
        type: "scatter",
        mode: "lines",
        hoverinfo: "skip",
        showlegend: false,
        x: path(a),
        y: path(b),
        line: { width: width * 0.6, color: colour },
        ...on,
      });
    }
    for (const { name, colour, members } of sides(connectome))
      data.push({
        type: "scatter",
        mode: "markers",
        name,
        showlegend: false,
        ...on,
        x: members.map((k) => at(k, a)),
        y: members.map((k) => at(k, b)),
        text: members.map((k) => plotText(connectome.labels[k] ?? "")),
        hovertemplate: "%{text}<extra></extra>",
        marker: {
          size: members.map((k) => Number(size.of(k).toFixed(2))),
          color: colour,
          opacity: 1,
          line: { color: "#ffffff", width: 0.6 },
        },
      });
    const left = panel * 0.345;
    axes[`xaxis${suffix}`] = axis(names[a] ?? "", {
      domain: [left, left + 0.31],
      anchor: `y${suffix}`,
      showgrid: false,
      nticks: 5,
      constrain: "domain",
    });
    axes[`yaxis${suffix}`] = axis(names[b] ?? "", {
      anchor: `x${suffix}`,
      scaleanchor: `x${suffix}`,
      showgrid: false,
      nticks: 5,
      constrain: "domain",
      title: { text: names[b] ?? "", standoff: 2, font: { size: 12, color: ink.soft } },
    });
  });
  const hemispheres = connectome.hemispheres === undefined ? "" : " Blue: left, orange: right hemisphere.";
  return {
    kind: "projections",
    alt: "The network seen along each axis",
    caption: html`The same ${edges.length === 0 ? "regions" : counted(edges.length, "connection")} seen along z, y and
    x.${hemispheres}`,
    height: 360,
    data,
    layout: layout({ margin: { l: 50, r: 10, t: 10, b: 44 }, ...axes }),
  };
}
