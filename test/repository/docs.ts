/**
 * Examples in README.md and docs/*.md are executed, so that what a reader copies works.
 *
 * All examples of a page run in their order in one empty folder. What a fenced block does follows from its language:
 *
 *   yaml, json   with `model:` is simulated for a few ms; `file=NAME` after the language also saves it for later examples
 *   bash         each command runs and must succeed: `laennec …` and `npx laennec …` (the build of these sources), cat, ls,
 *                echo, head, mkdir. `npm …` and `git clone` are only checked for the script they name. `# exits 65` at the
 *                end of a line says that the command must fail so.
 *   console      the same for lines that begin with "$ "; other lines must be found in the output, in their order; "…"
 *                stands for anything
 *   ts, js       run by Node with "laennec" as the build of these sources; ts must also pass the type checker
 *   python       run where LAENNEC_PYTHON names a Python that has xarray
 *
 * `fragment` after the language says that a block is no whole example: it is read (yaml, json) but not run. Other languages
 * are text.
 */
import { parseDocument } from "yaml";

export interface Example {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
  readonly fragment: boolean;
  /** Name under which later examples find it. */
  readonly file: string | undefined;
}

export interface Command {
  readonly text: string;
  readonly exits: number;
  /** Lines that the output must hold. */
  readonly shows: readonly string[];
}

const languages: Readonly<Record<string, string>> = {
  yml: "yaml",
  sh: "bash",
  shell: "bash",
  typescript: "ts",
  javascript: "js",
};

/** The fenced blocks of a page. */
export function examplesOf(page: string, markdown: string): Example[] {
  const found: Example[] = [];
  const fence = /^( *)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^ *\2 *$/gm;
  for (const match of markdown.matchAll(fence)) {
    const [, indent = "", , info = "", body = ""] = match;
    const [language = "", ...words] = info.trim().split(/\s+/);
    found.push({
      page,
      line: markdown.slice(0, match.index).split("\n").length,
      language: languages[language] ?? language,
      text: body.replaceAll(new RegExp(`^ {0,${indent.length}}`, "gm"), ""),
      fragment: words.includes("fragment"),
      file: words.find((word) => word.startsWith("file="))?.slice("file=".length),
    });
  }
  return found;
}

/** Commands of a bash block (every line) or a console block (lines after "$ "). */
export function commandsOf({ language, text }: Example): Command[] {
  const lines = text.replaceAll(/\s*\\\n\s*/g, " ").split("\n");
  const commands: { text: string; exits: number; shows: string[] }[] = [];
  for (const line of lines) {
    const prompt = line.startsWith("$ ");
    const command = (prompt ? line.slice(2) : line).trim();
    if (language === "console" && !prompt) {
      if (command !== "" && command !== "…" && command !== "...") commands.at(-1)?.shows.push(line.trim());
      continue;
    }
    if (command === "" || command.startsWith("#")) continue;
    const exits = /\s#.*\bexits (\d+)/.exec(command)?.[1];
    commands.push({ text: command.replace(/\s+#\s.*$/, ""), exits: Number(exits ?? 0), shows: [] });
  }
  return commands;
}

export type Treatment = { readonly run: string } | { readonly script: string } | { readonly skip: string };

const harmless = new Set(["laennec", "cat", "ls", "echo", "head", "tail", "mkdir", "cd", "printf", "unzip"]);

/** What to do with a command line. @throws Error when the documentation shows something that no one has tried */
export function treatmentOf(command: string): Treatment {
  const text = command.replaceAll(/\bnpx laennec\b/g, "laennec");
  const npm = /^npm (?:run )?([\w:-]+)/.exec(text.split(/&&|;/)[0] ?? "");
  if (npm !== null) {
    const parts = text.split(/\s*&&\s*/).map((part) => /^npm (?:run )?([\w:-]+)/.exec(part)?.[1] ?? "");
    const unknown = parts.find((part) => part === "");
    if (unknown !== undefined) throw new Error(`cannot be checked: ${command}`);
    return { script: parts.join(" ") };
  }
  if (/^(git clone|pip install|bash bench\/peers\/install\.sh)\b/.test(text)) return { skip: "changes the machine" };
  const words = text.split(/\||&&|;/).map(
    (part) =>
      part
        .trim()
        .replace(/^(\w+=\S*\s+)*/, "")
        .split(/\s+/)[0] ?? "",
  );
  const strange = words.find((word) => !harmless.has(word));
  if (strange !== undefined)
    throw new Error(`"${strange}" is not run: mark the block as fragment, or teach test/repository/docs.ts`);
  return { run: text };
}

/** Whether the wanted lines are in the output, in their order; the first that is not, or undefined. */
export function missingLine(output: string, wanted: readonly string[]): string | undefined {
  let rest = output.replaceAll("\r", "");
  for (const line of wanted) {
    const escape = (piece: string) =>
      piece
        .trim()
        .split(/\s+/)
        .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join("\\s+");
    const match = new RegExp(line.split("…").map(escape).join("[^\\n]*")).exec(rest);
    if (match === null) return line;
    rest = rest.slice(match.index + match[0].length);
  }
  return undefined;
}

/** The experiment of a yaml or json block, cut to a few ms; undefined when it is none. @throws Error on bad YAML */
export function briefly({ text }: Example): string | undefined {
  const document = parseDocument(text, { uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  if (!document.has("model")) return undefined;
  const periods = [...text.matchAll(/period: *"?([\d.]+) *(ms|s)\b/g)].map(
    ([, digits, unit]) => Number(digits) * (unit === "s" ? 1000 : 1),
  );
  document.set("duration", `${Math.max(20, ...periods.map((period) => 2 * period))} ms`);
  document.delete("transient");
  return document.toString();
}
