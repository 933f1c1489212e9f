import { existsSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { parse, read, root } from "./sources.js";

const list = "test/repository/public-api.txt";
const index = "src/index.ts";

describe.skipIf(!existsSync(join(root, index)))("the public surface", () => {
  it(`is what ${list} holds: a name that goes is a breaking change, one that comes is a promise`, () => {
    const committed = existsSync(join(root, list)) ? read(list).trim().split("\n") : [];
    expect(exportsOf(read(index))).toEqual(committed);
  });

  it("gives every name a value when it is loaded", async () => {
    const values = exportsOf(read(index)).flatMap((line) =>
      line.startsWith("value ") ? [line.slice("value ".length)] : [],
    );
    const library = (await import("../../src/index.js")) as Readonly<Record<string, unknown>>;
    expect(values.length).toBeGreaterThan(0);
    expect(Object.keys(library).sort()).toEqual(values.sort());
    expect(values.filter((name) => library[name] === undefined)).toEqual([]);
  });
});

describe("the test of the public surface", () => {
  it("reads names, and which are types", () => {
    expect(
      exportsOf(`export { b, type C, d as e } from "./a.js"; export type { F } from "./f.js"; export const g = 1;`),
    ).toEqual(["type C", "type F", "value b", "value e", "value g"]);
    expect(() => exportsOf(`export * from "./a.js";`)).toThrow("by name");
  });
});

/** "value simulate", "type Experiment", …, sorted. */
function exportsOf(text: string): string[] {
  const names: string[] = [];
  for (const statement of parse(index, text).statements) {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (exportClause === undefined) throw new Error("export * hides what is public: export by name");
      if (ts.isNamespaceExport(exportClause)) names.push(`value ${exportClause.name.text}`);
      else
        for (const { name, isTypeOnly } of exportClause.elements)
          names.push(`${statement.isTypeOnly || isTypeOnly ? "type" : "value"} ${name.text}`);
    } else if (exported && ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) names.push(`value ${name.getText()}`);
    else if (exported && (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)))
      names.push(`value ${statement.name?.text ?? "default"}`);
    else if (exported && (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)))
      names.push(`type ${statement.name.text}`);
  }
  return names.sort();
}
