import type { MakeCommand } from "./run.js";

export type Kind = "models" | "couplings" | "schemes" | "noises" | "stimuli" | "monitors";

/** laennec models|couplings|schemes|noises|stimuli|monitors: lists and explains what an experiment may name. */
const items =
  (kind: Kind, one: string): MakeCommand =>
  (io) => ({
    command: kind,
    describe: `list the ${kind}, or show one`,
    builder: (y) =>
      y
        .command({
          command: "list",
          describe: `list the ${kind}`,
          handler: async (args) => {
            const { listItems } = await import("./show-items.js");
            io.print(listItems(kind, args["json"] === true));
          },
        })
        .command({
          command: "show <id>",
          describe: `show a ${one}: what it is, its parts, its papers`,
          builder: (z) => {
            const shown = z.positional("id", {
              type: "string",
              demandOption: true,
              describe: kind === "models" ? "id, or a model file" : "id",
            });
            return kind === "models"
              ? shown
                  .option("jacobian", {
                    type: "boolean",
                    default: false,
                    describe: "the derivative of each equation by each state variable",
                  })
                  .option("latex", { type: "boolean", default: false, describe: "equations as LaTeX" })
              : shown;
          },
          handler: async (args) => {
            const { showItem } = await import("./show-items.js");
            const { json, jacobian, latex } = args;
            io.print(
              await showItem(io, kind, one, String(args["id"]), {
                json: json === true,
                jacobian: jacobian === true,
                latex: latex === true,
              }),
            );
          },
        })
        .demandCommand(1, `list the ${kind}, or show one`),
    handler: () => undefined,
  });

export default items;
