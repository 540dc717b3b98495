"""How the HTML report looks: on paper, on a phone, on a wide screen, in light and in dark."""

COLOURS = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --card: #f6f7f9; --ink: #1a1c1f; --soft: #50565e; --line: #c9ced6;
  --link: #0b57a4; --danger: #9c1c1c; --danger-paper: #fdecec; --calm: #0b4a6f; --calm-paper: #e9f3fa;
  --common: #8b93a0; --for: #0f6b4f; --against: #a8480c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --card: #1d2026; --ink: #eceef1; --soft: #b4bac4; --line: #434a55;
    --link: #8fc3ff; --danger: #ffb3ad; --danger-paper: #3a1618; --calm: #a9d8f5; --calm-paper: #10293a;
    --common: #7f8896; --for: #4cc29a; --against: #f0945a;
  }
}
@media print {
  :root { color-scheme: light;
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --soft: #333333; --line: #999999; --link: #000000;
    --danger: #7a0000; --danger-paper: #ffffff; --calm: #00324d; --calm-paper: #ffffff;
    --common: #a5abb5; --for: #0f6b4f; --against: #a8480c; }
}
"""
"""What each colour is called; the drawings of the documentation have the same."""

STYLE = (
    COLOURS
    + """
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
body { margin: 0 auto; padding: 1rem; max-width: 68rem; background: var(--paper); color: var(--ink);
  overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.25rem 0 .75rem; padding-top: .5rem;
  border-top: 2px solid var(--line); }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 1.25rem 0 .4rem; }
h4 { font-size: 1rem; margin: .75rem 0 .2rem; }
p { margin: .4rem 0; max-width: 46rem; }
ul, ol { margin: .4rem 0; padding-left: 1.4rem; }
li { margin: .25rem 0; max-width: 46rem; }
a { color: var(--link); }
a, code, span, b, td, th, dd, dt { unicode-bidi: isolate; }
code { font: .88em ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; }
.quiet { color: var(--soft); font-size: .92rem; }
.level { border: 2px solid var(--calm); border-left-width: .6rem; border-radius: .4rem;
  background: var(--calm-paper); padding: .75rem 1rem; margin: .5rem 0 1rem; }
.level.danger { border-color: var(--danger); background: var(--danger-paper); }
.level .name { font-size: 1.5rem; line-height: 1.25; font-weight: 700; color: var(--calm); margin: 0; }
.level.danger .name { color: var(--danger); }
.level p { max-width: none; }
.clash { border-left: .4rem solid var(--against); padding-left: .8rem; }
section#part_urgency h2 { border-top: 0; margin-top: 0; padding-top: 0; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; }
nav li { margin: 0; }
nav a { display: inline-block; padding: .2rem 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .4rem;
  padding: .7rem 1rem; margin: .8rem 0; }
.card h3 { margin: 0 0 .3rem; }
.bar { display: block; width: 100%; height: 1rem; margin: .4rem 0 .2rem; }
.bar .common { fill: var(--common); } .bar .for { fill: var(--for); } .bar .against { fill: var(--against); }
.bar .zero { stroke: var(--ink); stroke-width: 1; vector-effect: non-scaling-stroke; }
.bar .ground { fill: none; stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; list-style: none; }
.key svg { width: .9rem; height: .9rem; margin-right: .35rem; vertical-align: -.1rem; }
.key .common { fill: var(--common); } .key .for { fill: var(--for); } .key .against { fill: var(--against); }
.evidence { list-style: none; padding: 0; }
.evidence li { padding-left: 3.2rem; text-indent: -3.2rem; }
.evidence li > * { text-indent: 0; }
.points { display: inline-block; width: 2.7rem; margin-right: .5rem; text-align: right; font-weight: 700;
  font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; }
caption { text-align: left; font-weight: 700; font-size: 1.1rem; padding: .6rem 0 .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid var(--line); }
tbody th { font-weight: 400; width: 62%; }
dl { margin: .2rem 0; } dt { color: var(--soft); font-size: .92rem; } dd { margin: 0 0 .3rem; }
.rule { border-bottom: 1px solid var(--line); padding: .5rem 0; }
.rule h3 { margin: 0 0 .2rem; font-weight: 600; }
.rule:target { background: var(--calm-paper); outline: .3rem solid var(--calm-paper); }
footer { margin-top: 2rem; border-top: 2px solid var(--line); padding-top: .6rem; }
@media (min-width: 52rem) {
  body { padding: 1.5rem 2rem; }
  .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
  .rule dl { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1rem; }
}
@media print {
  @page { size: A4; margin: 15mm; }
  html { font-size: 9pt; line-height: 1.35; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  a { text-decoration: none; }
  p, li { max-width: none; }
  h2 { margin-top: 5mm; }
  h2, h3, h4, caption { break-after: avoid; }
  li, tr, dl, .level, .bar, .key { break-inside: avoid; }
  .card { padding: 1.5mm 3mm; margin: 2mm 0; }
  th, td { padding-top: .5mm; padding-bottom: .5mm; }
  .bar, .key svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; }
  .rules { columns: 2; column-gap: 8mm; }
  .rule { padding: 1mm 0; }
  .rule dt, .rule dd { display: inline; margin: 0; }
  .rule dt::after { content: ": "; }
  .rule dd::after { content: "\\A"; white-space: pre; }
}
"""
)
