import { createHash } from "node:crypto";
import { equationLines } from "../../src/cli/show-equations.js";
import type { Claim, Model } from "../../src/ir/declare.js";
import { graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { latexName, printLatex } from "../../src/ir/print.js";
import { scenes } from "./scenes.js";

/** The page of a model: everything that its declaration says, in Markdown as GitHub reads it. */

/** Bars would end a cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text: string): string => `\`${cell(text)}\``;
const number = (value: number): string => String(value).replace("e-", "e−").replace(/^-/, "−");
const interval = ([low, high]: readonly [number, number]): string => `${number(low)} … ${number(high)}`;
const unit = (text: string): string => (text === "1" ? "" : text);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const math = (lines: readonly string[]): string => lines.map((line) => `\`\`\`math\n${line}\n\`\`\``).join("\n\n");

const list = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, value]) => code(`${name} = ${value}`))
    .join(", ");

const settings = (values: Readonly<Record<string, number>>): string => {
  const text = list(values);
  return text === "" ? "With default parameters" : `With ${text}`;
};

/** A claim as a sentence. */
export function claimText(claim: Claim, time: string): string {
  const begin = settings(claim.with);
  switch (claim.kind) {
    case "stable-fixed-points":
      return `${begin} and no input it has ${["no stable fixed point", "one stable fixed point"][claim.count] ?? `${claim.count} stable fixed points`}.`;
    case "fixed-point":
      return `${begin} and no input it ends at ${list(claim.at)} (${claim.source}).`;
    case "oscillates":
      return `${begin} ${code(claim.observe)} oscillates at ${number(claim.hertz[0])} to ${number(claim.hertz[1])} Hz.`;
    case "events": {
      const [least, most] = claim.count;
      const from = claim.start === undefined ? "" : `, from ${list(claim.start)}`;
      const times = most === 0 ? "never" : least === most ? `${least} times` : `${least} to ${most} times`;
      return `${begin}${from}, ${code(claim.observe)} rises above ${number(claim.above)} ${times} in ${number(claim.during)}${time}, after ${number(claim.settle)}${time} to settle.`;
    }
    case "hopf":
      return `${begin} a fixed point changes its stability by an oscillation of ${number(claim.hertz[0])} to ${number(claim.hertz[1])} Hz at a ${code(claim.parameter)} between ${number(claim.between[0])} and ${number(claim.between[1])} (${claim.source}).`;
    case "chaotic":
      return `${begin} its largest Lyapunov exponent lies between ${number(claim.exponent[0])} and ${number(claim.exponent[1])} per unit of time.`;
  }
}

const claimLines = ({ claims = [], time }: Model): string =>
  claims.map((claim) => `- ${claimText(claim, time === "ms" ? " ms" : "")}`).join("\n");

function stateTable(model: Model): string {
  const bounds = ({ atLeast, atMost }: Model["state"][string]): string =>
    [
      ...(atLeast === undefined ? [] : [`≥ ${number(atLeast)}`]),
      ...(atMost === undefined ? [] : [`≤ ${number(atMost)}`]),
    ].join(", ");
  return table(
    ["variable", "unit", "starts in", "bounds", "about"],
    Object.entries(model.state).map(([name, s]) => [
      code(name),
      unit(s.unit),
      interval(s.start),
      bounds(s),
      cell(s.about),
    ]),
  );
}

const parameterTable = (model: Model): string =>
  table(
    ["parameter", "unit", "default", "range", "about"],
    Object.entries(model.parameters).map(([name, p]) => [
      code(name),
      unit(p.unit),
      number(p.default),
      interval(p.range),
      cell(p.about),
    ]),
  );

function networkPart(model: Model): string {
  const inputs = Object.entries(model.inputs);
  const local = Object.entries(model.local ?? {});
  if (inputs.length + local.length === 0) return "It is not coupled: it neither sends nor receives.";
  const rows = [
    ...inputs.map(([name, input], k) => [code(name), unit(input.unit), code(model.sends[k] ?? ""), cell(input.about)]),
    ...local.map(([name, input]) => [
      code(name),
      unit(input.unit),
      `${code(input.of)} of the neighbourhood, on a cortical surface`,
      cell(input.about),
    ]),
  ];
  return table(["input", "unit", "what regions send", "about"], rows);
}

function compatPart(model: Model): string[] {
  const { compat } = model;
  if (!compat) return [];
  const g = graph();
  const names = { ...model.state, ...model.parameters, ...model.inputs, ...model.local };
  const definitions = { ...model.definitions, ...compat.definitions };
  const scope = new Map([...Object.keys(names), ...Object.keys(definitions)].map((name) => [name, g.symbol(name)]));
  const latex = (text: string) => printLatex(parseEquation(g, text, scope, model.id));
  return [
    "## Under `compat: tvb`",
    compat.about,
    math([
      ...Object.entries(compat.definitions ?? {}).map(([name, text]) => `${latexName(name)} = ${latex(text)}`),
      ...Object.entries(compat.equations ?? {}).map(
        ([name, text]) => `\\frac{d ${latexName(name)}}{dt} = ${latex(text)}`,
      ),
    ]),
    ...(compat.double === true ? ["It means something in double precision only."] : []),
  ];
}

function pictureText(model: Model): string[] {
  const { words } = scenes[model.id] ?? {};
  const planar = Object.keys(model.state).length === 2;
  return [
    `![${model.id} in time](pictures/${model.id}.svg)`,
    ...(words === undefined ? [] : [words]),
    ...(planar ? [`![Phase plane of ${model.id}](pictures/${model.id}-plane.svg)`] : []),
  ];
}

const timeText = (model: Model): string =>
  model.time === "ms" ? "Derivatives are per ms." : "Time is without unit; a step of 1 ms counts as one.";

const joined = (parts: readonly string[]): string => `${parts.filter((part) => part !== "").join("\n\n")}\n`;

const note = "<!-- Made by scripts/model-pages.ts from the model's declaration: change that, not this page. -->";

/** docs/models/<id>.md */
export function pageOf(model: Model): string {
  const names = Object.entries(model.tvb?.names ?? {});
  return joined([
    note,
    `# ${model.id}`,
    model.about,
    ...pictureText(model),
    "## State",
    stateTable(model),
    `Observed by default: ${model.observe.map(code).join(", ")}.`,
    "## Equations",
    timeText(model),
    math(equationLines(model, true)),
    "## Network",
    networkPart(model),
    "## Parameters",
    Object.keys(model.parameters).length > 0 ? parameterTable(model) : "None.",
    ...compatPart(model),
    ...(model.claims && model.claims.length > 0
      ? ["## Claims", "The test suite holds the model to these.", claimLines(model)]
      : []),
    "## Papers",
    model.papers.length > 0
      ? model.papers.map(({ cite, doi, gives }) => `- ${cite}: ${gives}. [${doi}](https://doi.org/${doi})`).join("\n")
      : "None.",
    ...(model.tvb
      ? [
          `In The Virtual Brain: \`${model.tvb.class}\`${names.length > 0 ? `, which calls ${names.map(([ours, theirs]) => `${code(ours)} ${code(theirs)}`).join(", ")}` : ""}.`,
        ]
      : []),
  ]);
}

/** Up to the first full stop or colon that ends a clause. */
const firstSentence = (text: string): string => /^.*?[.:;](?=\s|$)/.exec(text)?.[0].replace(/[.:;]$/, "") ?? text;

/** docs/models/README.md */
export const indexOf = (models: readonly Model[]): string =>
  joined([
    note,
    "# Models",
    "One page per model: equations, parameters, papers and a picture. Use a model by its id: `model: jansen-rit`.",
    table(
      ["model", "variables", "about", "in The Virtual Brain"],
      models.map((model) => [
        `[${model.id}](${model.id}.md)`,
        String(Object.keys(model.state).length),
        cell(firstSentence(model.about)),
        model.tvb ? `\`${model.tvb.class}\`` : "",
      ]),
    ),
  ]);

/** File names below docs/models and what they hold. */
export const pagesOf = (models: readonly Model[]): ReadonlyMap<string, string> =>
  new Map([
    ["README.md", indexOf(models)],
    ...models.map((model): [string, string] => [`${model.id}.md`, pageOf(model)]),
  ]);

/** File names below docs/models/pictures. */
export const picturesOf = (model: Model): readonly string[] => [
  `${model.id}.svg`,
  ...(Object.keys(model.state).length === 2 ? [`${model.id}-plane.svg`] : []),
];

/** What a picture depends on, as a short hash that is written into it: tells a picture of an older declaration. */
export function pictureMark({ id, state, parameters, definitions, equations, observe }: Model): string {
  const values = Object.entries(parameters).map(([name, p]) => [name, p.default]);
  const starts = Object.entries(state).map(([name, { start, atLeast, atMost }]) => [name, start, atLeast, atMost]);
  const drawn = JSON.stringify([starts, values, definitions, equations, observe, scenes[id]]);
  return `<!-- drawn for ${createHash("sha256").update(drawn).digest("hex").slice(0, 16)} -->`;
}
