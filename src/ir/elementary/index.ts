import { isElementary, isReading } from "../ops.js";
import { rewrite, type ElementaryTable, type Expr, type Graph, type Precision } from "../graph.js";
import { reading } from "../tables.js";
import { acos, asin } from "./asin.js";
import { atan } from "./atan.js";
import { cbrt } from "./cbrt.js";
import { cos } from "./cos.js";
import { cosh } from "./cosh.js";
import { erf, erfc } from "./erf.js";
import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { invexprel } from "./invexprel.js";
import { log } from "./log.js";
import { log1p } from "./log1p.js";
import { logistic } from "./logistic.js";
import { pow } from "./pow.js";
import { sin } from "./sin.js";
import { sinh } from "./sinh.js";
import { tan } from "./tan.js";
import { tanh } from "./tanh.js";

export { trigonometricRange } from "./trigonometry.js";

/** Our own elementary functions: primitives only, within 2 ULP, the same bits on every back end. */
export const elementary: ElementaryTable = {
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  tan,
  sinh,
  cosh,
  tanh,
  pow,
  logistic,
  invexprel,
  erf,
  erfc,
  atan,
  asin,
  acos,
  cbrt,
};

/** Rewrites `outputs` (nodes of any graph) into primitives of `graph`, for one precision. */
export const lower = (graph: Graph, outputs: readonly Expr[], precision: Precision): Expr[] =>
  rewrite(outputs, (node, args) => {
    if (node.kind === "const") return node.type === "u32" ? graph.u32(node.value) : graph.constant(node.value);
    if (node.kind === "symbol") return graph.symbol(node.name, node.type);
    if (node.kind === "table") return graph.table(node.table);
    if (isReading(node.op)) return reading(graph, args);
    return isElementary(node.op) ? elementary[node.op](graph, args, precision) : graph.call(node.op, args);
  });
