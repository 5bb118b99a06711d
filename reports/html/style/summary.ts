/** The numbers above the fold. */
export const SUMMARY = `
.summary{padding-top:18px}
.headline{font-size:1.14rem;font-weight:550;margin-bottom:14px}
.tiles{display:grid;grid-template-columns:repeat(6,minmax(0,1fr)) minmax(0,1.7fr);gap:10px;margin-bottom:14px}
.tile{display:block;height:100%;border:1px solid var(--line);border-radius:6px;padding:10px 14px;color:var(--text)}
.tile:hover{background:var(--surface);text-decoration:none}
.tile .number{display:block;font-size:1.86rem;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
.tile.none .number{color:var(--muted);font-weight:400}
.tile.open-question{border:1px dashed var(--unknown)}
.wide .mark{display:block}
.wide .number{display:inline-block;margin-right:8px}
.overview{display:grid;grid-template-columns:minmax(0,1fr);gap:12px 32px;align-items:start}
.overview .unmeasured{margin:0;font-size:.93rem}
.unmeasured ul{margin-top:6px;display:grid;gap:4px;overflow-wrap:anywhere}
@media (min-width:1400px){.overview:has(.by-system):has(.unmeasured){grid-template-columns:minmax(0,13fr) minmax(0,7fr)}}
svg.bar{display:block;width:100%;height:12px;background:var(--surface);border-radius:2px}
svg.defs{position:absolute;width:0;height:0}
.fill-failed{fill:var(--high)}
.fill-passed{fill:color-mix(in srgb,var(--complete) 40%,var(--page))}
.by-system tbody th{white-space:nowrap}
.hatch-ground{fill:var(--surface)}
.hatch-line{fill:var(--unknown)}
svg rect.fill-unknown{fill:url(#hatch)}
@media (max-width:1179px){.overview .unmeasured{order:-1}}
@media (max-width:900px){.by-system .chart{display:none}}
@media (max-width:1000px){.tiles{grid-template-columns:repeat(4,minmax(0,1fr))}.wide{grid-column:span 2}}
@media (max-width:560px){body{padding:0 14px 40px}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}}
`;
