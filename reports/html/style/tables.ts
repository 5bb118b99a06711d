/** Tables, filters and pages. Arrows are for the eye: they have no text for those who listen. */
export const TABLES = `
.scroll{position:relative;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:.86rem;font-weight:550;white-space:nowrap;border-bottom-color:var(--muted)}
thead .mark{font-size:.86rem}
tbody th{font-weight:550}
td{overflow-wrap:anywhere}
.n{text-align:right}
.date{white-space:nowrap}
.chart{width:24%;min-width:110px}
td.chart{vertical-align:middle}
.under{display:block;color:var(--muted);font-size:.86rem}
tbody tr:hover{background:var(--surface)}
.sort{all:unset;cursor:pointer}
.sort:hover{color:var(--text)}
.sort:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
th[aria-sort=ascending] .sort::after{content:" ↑";content:" ↑" / ""}
th[aria-sort=descending] .sort::after{content:" ↓";content:" ↓" / ""}
th[aria-sort=ascending],th[aria-sort=descending]{color:var(--text)}
button.open{all:unset;cursor:pointer;font-weight:550;overflow-wrap:anywhere}
button.open::before{content:"▸";content:"▸" / "";display:inline-block;width:1.1em;color:var(--muted)}
button.open[aria-expanded=true]::before{content:"▾";content:"▾" / ""}
button.open:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
button.open+.under{padding-left:1.35em}
[data-view=findings] .rows td:nth-child(3){width:36%}
[data-view=findings] .rows td:nth-child(4){width:24%}
[data-view=findings] .rows td:nth-child(5){min-width:110px}
[data-view=identities] td:nth-child(1){width:22%;font-weight:550}
[data-view=identities] td:nth-child(2){min-width:160px}
[data-view=coverage] .records td:nth-child(2){min-width:160px}
[data-view=coverage] .records td:nth-child(3){white-space:nowrap}
[data-view=identities] td:nth-child(3){min-width:110px}
[data-view=identities] td:nth-child(9){min-width:170px}
.tag{display:inline-block;border:1px solid var(--line);border-radius:3px;padding:0 5px;margin:0 4px 3px 0;font-size:.86rem;background:var(--surface);font-weight:500}
.badge{display:inline-block;border:1px solid var(--muted);border-radius:3px;padding:0 5px;font-size:.79rem;font-weight:600;color:var(--muted);white-space:nowrap}
.badge.new{color:var(--accent);border-color:var(--accent)}
.filters{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin-bottom:12px}
.search{position:relative;flex:1 1 240px;max-width:380px}
.search input{width:100%;padding-right:30px}
.search kbd{position:absolute;right:8px;top:50%;transform:translateY(-50%);line-height:1.4}
.search input:focus+kbd{display:none}
input[type=search],select,.pages button{font:inherit;font-size:.93rem;color:var(--text);background:var(--page);border:1px solid var(--line);border-radius:5px;padding:5px 9px;min-height:32px}
select{max-width:190px}
.pills{display:flex;flex-wrap:wrap;gap:5px;border:0}
.pill{display:inline-flex;align-items:center;border:1px solid var(--line);border-radius:5px;padding:0 9px 0 6px;min-height:32px;cursor:pointer}
.pill input{position:absolute;opacity:0;width:1px;height:1px}
.pill:has(:checked){background:var(--surface);border-color:currentColor;box-shadow:inset 0 0 0 1px var(--muted)}
.pill:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}
.choice span{color:var(--muted);font-size:.86rem;margin-right:5px}
.reset{font-size:.93rem}
.pager{display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;padding-top:12px;color:var(--muted);font-size:.93rem}
.shown{font-variant-numeric:tabular-nums}
.pages{display:flex;gap:6px}
.pages button{cursor:pointer}
.pages button:disabled{opacity:.45;cursor:default}
.keys{margin-left:auto;font-size:.86rem}
@media (max-width:760px){.rows table{min-width:760px}[data-view=identity] table{min-width:620px}}
.matrix th[scope=row]{overflow-wrap:anywhere;min-width:160px}
.feed{text-align:center;padding-left:4px;padding-right:4px}
thead .feed{font-size:.79rem;white-space:normal}
.matrix td.gap{background:var(--surface);font-weight:700}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin-bottom:8px}
`;
