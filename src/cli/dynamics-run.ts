import { fault } from "../core/fault.js";
import { oscillationsAlong, type Attractor } from "../dynamics/attractors.js";
import { continueFixedPoints, type Continuation } from "../dynamics/continuation.js";
import { findFixedPoints, type FixedPointSearch } from "../dynamics/fixed-points.js";
import { observableOf } from "../dynamics/flow.js";
import { variableIndex, type Mass } from "../dynamics/mass.js";
import { phasePlane } from "../dynamics/plane.js";
import { variableUnit } from "../experiment/units.js";
import { drawBifurcations } from "../report/bifurcation-picture.js";
import { drawPhasePlane } from "../report/phase-plane-picture.js";
import { joinPath } from "../storage/disk.js";
import { shownPath } from "../storage/failure.js";
import {
  endsOf,
  intervalOf,
  numberOf,
  pairsOf,
  within,
  type DynamicsChoices,
  type Findings,
} from "./dynamics-choices.js";
import { subjectOf } from "./dynamics-model.js";
import { exponents, scan } from "./dynamics-simulations.js";
import { bifurcationLines, branchCsv, fixedPointLines } from "./dynamics-tables.js";
import type { Io } from "./io.js";

/** Does what was asked, prints tables, and writes pictures and data when there are any. @throws Fault */
export async function runDynamics(io: Io, choices: DynamicsChoices): Promise<void> {
  within("starts", choices.starts, 1, 100000);
  within("steps", choices.steps, 2, 10000);
  const subject = await subjectOf(io, choices);
  const { model, notes } = subject;
  if (!choices.quiet) for (const note of notes) io.warn(`note: ${note}\n`);
  const found: Findings = { files: new Map(), lines: [], json: { model: model.id } };
  const nothing = !choices.plane && !choices.follow && !choices.lyapunov && !choices.scan;
  let search: FixedPointSearch | undefined;
  const fixedPoints = () => (search ??= findFixedPoints(subject.mass(), { starts: choices.starts }));
  if (choices.fixedPoints || nothing) {
    found.lines.push(...fixedPointLines(subject.mass(), fixedPoints()));
    found.json["fixed_points"] = fixedPoints();
    found.json["values"] = subject.mass().values;
  }
  if (choices.plane !== undefined) plane(subject.mass(), choices, fixedPoints(), found);
  if (choices.follow !== undefined) await follow(subject.mass(), choices, choices.follow, found);
  if (choices.lyapunov) await exponents(io, subject, choices, fixedPoints, found);
  if (choices.scan !== undefined) await scan(io, subject, choices, choices.scan, fixedPoints, found);
  await write(io, choices, found);
  io.print(choices.json ? JSON.stringify(found.json) : found.lines.join("\n").trim());
}

function plane(mass: Mass, choices: DynamicsChoices, search: FixedPointSearch, { files, lines, json }: Findings): void {
  const axes = (choices.plane ?? "").split(",").map((name) => name.trim());
  const [x, y] = axes;
  if (axes.length !== 2 || !x || !y)
    throw fault("USAGE", "--plane is written X,Y: two state variables", {
      where: `--plane ${(choices.plane ?? "").slice(0, 60)}`,
      next: `for example --plane ${mass.names.slice(0, 2).join(",")}`,
    });
  const ranges = new Map(pairsOf("range", choices.ranges).map(([name, text]) => [name, intervalOf("range", text)]));
  for (const name of ranges.keys()) variableIndex(mass, name, "--range");
  const held = Object.fromEntries(pairsOf("hold", choices.held).map(([name, text]) => [name, numberOf("hold", text)]));
  const found = phasePlane(mass, {
    axes: [x, y],
    range: [ranges.get(x), ranges.get(y)],
    held,
    fixedPoints: search.points,
  });
  const name = `plane-${x}-${y}`;
  files.set(`${name}.svg`, drawPhasePlane(mass.model, found));
  files.set(`${name}.json`, JSON.stringify(found));
  lines.push(
    "",
    `phase plane of ${x} and ${y}: ${found.nullclines.map(({ variable, lines: all }) => `${all.length} lines of d${variable}/dt = 0`).join(", ")}`,
  );
  if (Object.keys(found.held).length > 0)
    lines.push(
      `  nullclines for ${Object.entries(found.held)
        .map(([n, v]) => `${n} = ${Number(v.toPrecision(6))}`)
        .join(", ")}`,
    );
  json["plane"] = found;
}

async function follow(
  mass: Mass,
  choices: DynamicsChoices,
  parameter: string,
  { files, lines, json }: Findings,
): Promise<void> {
  const [from, to] = endsOf("continue", choices);
  const text = choices.observe ?? mass.model.observe[0] ?? mass.names[0] ?? "";
  const of = observableOf(mass, text);
  const continuation: Continuation = continueFixedPoints(mass, { parameter, from, to });
  let oscillations: Attractor[] = [];
  const unstable = continuation.branches.some(({ points }) => points.some(({ stable }) => !stable));
  if (unstable)
    oscillations = await oscillationsAlong(mass, continuation, {
      observe: text,
      pace: {
        ...(choices.dtMs === undefined ? {} : { dtMs: choices.dtMs }),
        ...(choices.timeMs === undefined ? {} : { transientMs: choices.timeMs, recordMs: choices.timeMs }),
      },
    });
  const name = `continuation-${parameter}`;
  const observe = { text, unit: variableUnit(text, mass.model), of };
  files.set(`${name}.svg`, drawBifurcations(mass.model, continuation, observe, oscillations));
  files.set(`${name}.csv`, branchCsv(mass, continuation));
  files.set(`${name}.json`, JSON.stringify({ ...continuation, oscillations }));
  lines.push("", ...bifurcationLines(mass, continuation, oscillations));
  json["continuation"] = { ...continuation, oscillations };
}

/** Writes all files, or none when one of them is there. @throws Fault OUTPUT */
async function write(io: Io, { out, force }: DynamicsChoices, { files, lines, json }: Findings): Promise<void> {
  if (files.size === 0) return;
  await io.disk.makeFolder(out);
  for (const name of files.keys())
    if (!force && (await io.disk.exists(joinPath(out, name))))
      throw fault("OUTPUT", "the file to write exists", {
        where: shownPath(joinPath(out, name)),
        next: "another --out, or --force",
      });
  for (const [name, text] of files) await io.disk.write(joinPath(out, name), new TextEncoder().encode(text));
  const paths = [...files.keys()].map((name) => joinPath(out, name));
  lines.push("", ...paths.map((path) => `  ->  ${path}`));
  json["files"] = paths;
}
