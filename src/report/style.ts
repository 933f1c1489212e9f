/** The page's one style sheet: screen first, then print. */
export const style = `
:root { --ink: #1c2430; --soft: #5b6675; --line: #d5dae1; --faint: #f5f6f8; --accent: #0b5c8a; --warn: #8a4b00;
  --sans: "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", Cambria, Georgia, "Liberation Serif", serif; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; color: var(--ink); background: #fff; font: 17px/1.55 var(--serif); -webkit-text-size-adjust: 100%; }
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 28px; }
header { padding-top: 44px; }
.kind { margin: 0 0 6px; font: 600 12px/1.4 var(--sans); letter-spacing: .09em; text-transform: uppercase; color: var(--soft); }
h1 { margin: 0 0 10px; font-size: 34px; line-height: 1.2; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
.lead { margin: 0 0 22px; max-width: 46em; font-size: 19px; line-height: 1.5; }
h2 { margin: 56px 0 14px; padding-top: 14px; border-top: 2px solid var(--ink); font-size: 24px; line-height: 1.3; font-weight: 600; }
h3 { margin: 34px 0 8px; font-size: 19px; font-weight: 600; overflow-wrap: anywhere; }
h2 .n, h3 .n { color: var(--soft); font-weight: 400; margin-right: .5em; }
p { margin: 0 0 14px; max-width: 46em; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
nav { margin: 0 0 8px; padding: 9px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); font: 13.5px/1.5 var(--sans); }
nav { display: flex; flex-wrap: wrap; gap: 2px 20px; }
nav a { color: var(--ink); text-decoration: none; white-space: nowrap; }
nav a:hover { color: var(--accent); text-decoration: underline; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(118px, 1fr)); gap: 16px 24px; margin: 0 0 26px; font-family: var(--sans); }
.facts dt { font-size: 12px; color: var(--soft); }
.facts dd { margin: 1px 0 0; font-size: 16px; font-weight: 500; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.note { margin: 0 0 18px; padding: 10px 16px 11px; max-width: 62em; border-left: 3px solid var(--line); background: var(--faint); font: 14px/1.5 var(--sans); }
.note.warn { border-color: #d98200; background: #fff8ec; }
.note b { font-weight: 600; }
.note ul { margin: 4px 0 0; padding-left: 18px; }
figure { margin: 22px 0 28px; min-width: 0; }
figure.plate { break-inside: avoid; }
figcaption { margin-top: 6px; max-width: 66em; font: 13px/1.5 var(--sans); color: #3d4753; overflow-wrap: anywhere; }
figcaption b { color: var(--ink); }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 36px; }
.plot { width: 100%; position: relative; }
.plot.failed { display: flex; align-items: center; justify-content: center; background: var(--faint); color: var(--soft); font: 14px var(--sans); }
.scroll { overflow-x: auto; margin: 0 0 22px; }
table { border-collapse: collapse; width: 100%; font: 13.5px/1.45 var(--sans); font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 6px; font: 13px/1.5 var(--sans); color: #3d4753; }
caption b { color: var(--ink); }
th, td { padding: 5px 14px 5px 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid #e7eaee; overflow-wrap: break-word; }
.keys td, .keys th { overflow-wrap: anywhere; }
th { font-weight: 600; }
thead th { border-bottom: 1px solid var(--ink); font-size: 12.5px; color: var(--soft); font-weight: 500; overflow-wrap: normal; }
tbody th { font-weight: 500; }
td.num, th.num { text-align: right; white-space: nowrap; overflow-wrap: normal; }
td.changed { font-weight: 700; }
.keys th { width: 30%; color: var(--soft); font-weight: 400; }
sub, sup { line-height: 0; }
code, .code { font: .9em/1.5 "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.equations { margin: 6px 0 20px; display: grid; gap: 9px; overflow-x: auto; padding: 2px 0; }
.equations math { font-size: 17px; math-style: normal; }
details { margin: 0 0 18px; }
summary { cursor: pointer; font: 14px/1.6 var(--sans); color: var(--accent); }
details[open] summary { margin-bottom: 8px; }
footer { margin-top: 64px; padding-bottom: 44px; font: 13px/1.55 var(--sans); color: var(--soft); }
footer div { border-top: 1px solid var(--line); padding-top: 14px; }
@media (max-width: 760px) { table:not(.keys) { min-width: 600px; } body { font-size: 16px; } main, header, footer { padding: 0 16px; } .pair { grid-template-columns: minmax(0, 1fr); } h1 { font-size: 27px; } }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { font-size: 10.5pt; } main, header, footer { max-width: none; padding: 0; } header { padding-top: 0; }
  h1 { font-size: 20pt; } .lead { font-size: 12pt; } h2 { font-size: 15pt; margin-top: 26pt; } h3 { font-size: 12pt; }
  h2, h3 { break-after: avoid; } table { font-size: 8.5pt; } tr { break-inside: avoid; } figcaption, .note, caption { font-size: 8.5pt; }
  nav, .screen-only, .modebar, summary { display: none !important; }
  .pair { gap: 0 18px; } a { color: inherit; text-decoration: none; } .note { background: none; }
}
`;
