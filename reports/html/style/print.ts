/**
 * Paper: everything but the controls, one part after the other; or the identity that is open, alone. Headings are text
 * there, because Chromium repeats no head of a table on the next page that has a button in it.
 */
export const PRINT = `
@media print{
@page{margin:14mm 12mm}
html{font-size:10px}
body{max-width:none;padding:0}
nav,.filters,.pages,.keys,.skip,.back,.sort{display:none}
th[data-key]::before{content:attr(data-title)}
a{color:inherit}
body:not([data-current=identity]) [data-view]:not([data-view=identity]){display:block}
.scroll{overflow:visible}
thead{display:table-header-group;break-inside:avoid}
tr,article,.tile,.note{break-inside:avoid}
.tiles{grid-template-columns:repeat(6,minmax(0,1fr)) minmax(0,1.7fr);gap:6px}
.tile{padding:6px 8px}
.wide{grid-column:auto}
.by-system .chart{display:table-cell}
th,td{padding:4px 8px 4px 0}
[data-view=coverage] .records td:nth-child(n),[data-view=identities] .rows td:nth-child(n){min-width:0;width:auto}
.tag{border:0;background:none;padding:0;margin-right:6px}
[data-view]+[data-view] h2{border-top:1px solid var(--line);padding-top:14px}
.bar,.fill-unknown,.note,.facts{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
