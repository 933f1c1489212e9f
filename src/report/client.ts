/**
 * What runs in the reader's browser: draws each figure from its data block, one after another so that the page stays
 * usable, and fits them to the paper when printed. Plain text, since it is put into the page with its hash.
 */
export const client = `"use strict";
(async () => {
  const config = { displaylogo: false, responsive: true, showSendToCloud: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"], toImageButtonOptions: { format: "svg" } };
  const plots = [...document.querySelectorAll(".plot")];
  const pause = () => new Promise((done) => setTimeout(done, 0));
  for (const plot of plots) {
    try {
      const { data, layout } = JSON.parse(document.getElementById(plot.dataset.figure).textContent);
      await Plotly.newPlot(plot, data, layout, { ...config,
        toImageButtonOptions: { format: data.some((d) => d.type === "scatter3d") ? "png" : "svg", filename: plot.dataset.figure, scale: 2 } });
    } catch (error) {
      plot.classList.add("failed");
      plot.textContent = "This figure could not be drawn: " + error.message;
      console.error(error);
    }
    await pause();
  }
  // Paper is narrower than most windows, and browsers do not resize pictures for it. 182 mm at 96 px per inch.
  const fit = (printing) => {
    for (const plot of plots) {
      if (!plot.layout || !plot.offsetParent) continue;
      const pair = plot.closest(".pair") !== null;
      const height = plot.dataset.height ??= plot.layout.height;
      const size = printing ? { autosize: false, width: pair ? 334 : 688, height: pair ? 360 : 0.85 * height } : { autosize: true, width: null, height: +height };
      plot.style.height = size.height + "px";
      Plotly.relayout(plot, size);
    }
  };
  addEventListener("beforeprint", () => fit(true));
  addEventListener("afterprint", () => fit(false));
  document.documentElement.dataset.ready = "true";
})();
`;
