/** Pictures: drawn in the page's own colours, with words as large as the text. */
export const CHARTS = `
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:10px;margin-bottom:10px}
.card{border:1px solid var(--line);border-radius:6px;padding:10px 14px;display:flex;flex-direction:column;gap:2px}
.card-value{font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.card-title{font-weight:550;font-size:.93rem}
.figures{display:grid;grid-template-columns:minmax(0,1fr);gap:8px}
figure{margin:14px 0 0;padding:2px 0 10px;border-bottom:1px solid var(--line);min-width:0}
figcaption h3{margin:12px 0 2px}
figcaption{margin-bottom:10px}
.numbers{margin-top:8px;font-size:.93rem}
.numbers summary,.metrics>summary{color:var(--muted)}
.bars{display:grid;gap:8px;max-width:820px}
.bars li{display:grid;grid-template-columns:110px minmax(0,1fr) 44px;gap:12px;align-items:center}
.histograms{display:grid;grid-template-columns:repeat(auto-fill,minmax(284px,1fr));gap:16px 24px}
.histograms h4 .count{color:var(--muted);font-weight:400}
.plot{display:block;max-width:100%;height:auto;overflow:visible}
.trends{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(420px,100%),1fr));gap:16px 28px}
.trends .plot{width:100%;max-width:640px}
svg text{fill:var(--text);font-size:11.5px}
svg .value{text-anchor:middle;font-variant-numeric:tabular-nums}
svg .value.none{fill:var(--muted)}
svg .tick{text-anchor:middle;fill:var(--muted)}
svg .scale{text-anchor:end;fill:var(--muted)}
svg .begin{text-anchor:start}
.trends .plot>text.begin:not([class*=tone]){fill:var(--muted)}
svg .axis{stroke:var(--line);fill:none}
svg .line{fill:none;stroke-width:2}
.ways{overflow-x:auto}
.way-graph{display:block;max-width:none}
.way-graph .node{fill:var(--surface);stroke:var(--muted)}
.way-graph .goal{fill:var(--page);stroke:var(--critical);stroke-width:2}
.way-graph .edge{fill:none;stroke:var(--muted);stroke-width:1.5}
.way-graph .conditional{stroke-dasharray:5 4}
.way-graph .head{fill:var(--muted)}
.way-graph a text{fill:var(--accent)}
.way-graph .name{font-weight:600;font-size:12.5px}
.way-graph .kind{fill:var(--muted);font-size:11px}
.way-graph .via{fill:var(--text);font-size:11.5px;paint-order:stroke;stroke:var(--page);stroke-width:5px;stroke-linejoin:round}
.steps{display:grid;gap:6px;margin-top:8px;overflow-wrap:anywhere}
@media print{.numbers{display:none}.trends{grid-template-columns:1fr 1fr}figure,.histograms li{break-inside:avoid}.ways{overflow:visible}.way-graph{max-width:100%;height:auto}}
`;
