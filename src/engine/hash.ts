import { createHash } from "node:crypto";
import { topological, type Expr } from "../ir/graph.js";
import type { Program, Start } from "../ir/program.js";
import type { Table } from "../ir/tables.js";
import type { DriveSource } from "./stimulus.js";

/** A table by its values: where they lie along the axes is in the expressions that look them up. */
const tableLine = ({ values: { buffer, byteOffset, byteLength } }: Table): string =>
  `table ${createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex")}`;

/**
 * SHA-256 of everything that determines a run's numbers: equations as lowered, parameters, edges, key of the noise and
 * starting point. Equal hashes mean equal bytes of output, on every back end.
 */
export function programHash(program: Program, start: Start, drives: readonly DriveSource[] = []): string {
  const hash = createHash("sha256");
  const groups: (readonly Expr[])[] = [
    program.send,
    program.observe,
    ...program.phases.flatMap((p) => [p.next, p.carry.map((c) => c.value), p.send]),
  ];
  const number = new Map<Expr, number>();
  const lines = [
    program.precision,
    program.regions,
    program.lookahead,
    program.noise.join(),
    program.key.join(),
    program.stateNames.join(),
    ...program.drives.map(({ uniform }) => (uniform ? "uniform drive" : "regional drive")),
    ...(program.parts ? ["parts"] : []),
    ...(program.numpySums ?? []).map(({ singleProducts, singleSums }) => `numpy ${singleProducts} ${singleSums}`),
    ...(start.step > 0 ? [`from ${start.step}`] : []),
  ].map(String);
  for (const { signal, at } of drives) lines.push(JSON.stringify([at, { ...signal, values: undefined }]));
  const recorded = drives.flatMap(({ signal }) => (signal.kind === "recorded" ? [signal.values] : []));
  for (const { signal } of drives) if (signal.kind === "expression") lines.push(JSON.stringify(signal.values));
  for (const node of topological(groups.flat())) {
    number.set(node, number.size);
    if (node.kind === "const") lines.push(`${node.type} ${Object.is(node.value, -0) ? "-0" : node.value}`);
    else if (node.kind === "symbol") lines.push(node.name);
    else if (node.kind === "table") lines.push(tableLine(node.table));
    else lines.push(`${node.op} ${node.args.map((a) => number.get(a)).join()}`);
  }
  for (const group of groups) lines.push(group.map((e) => number.get(e)).join());
  hash.update(lines.join("\n"));
  const { edges, instant } = program;
  const arrays = [
    ...recorded,
    ...program.regional,
    edges.start,
    edges.source,
    edges.delay,
    edges.weight,
    instant.start,
    instant.source,
    instant.weight,
    start.state,
    start.past,
  ];
  for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest("hex");
}

/** For each channel a hash of what regions send on it: the expression and the values that it is made of. */
export const sentHashes = (program: Program): string[] =>
  program.send.map((sent) => {
    const hash = createHash("sha256");
    const number = new Map<Expr, number>();
    hash.update(program.precision);
    for (const node of topological([sent])) {
      number.set(node, number.size);
      const regional = node.kind === "symbol" && node.name.startsWith("regional.");
      const values = regional ? program.regional[Number(node.name.split(".")[1])] : undefined;
      if (values) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      else if (node.kind === "const") hash.update(`${node.type} ${Object.is(node.value, -0) ? "-0" : node.value}\n`);
      else if (node.kind === "symbol") hash.update(`${node.name}\n`);
      else if (node.kind === "table") hash.update(`${tableLine(node.table)}\n`);
      else hash.update(`${node.op} ${node.args.map((a) => number.get(a)).join()}\n`);
    }
    return hash.digest("hex");
  });
