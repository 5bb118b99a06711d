/** An opened finding and the page of an identity. */
export const DETAILS = `
.opened>td{padding:4px 0 18px 18px;background:var(--surface)}
.details{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:14px 36px;padding:10px 18px 4px 0;font-size:.93rem}
.details p{margin-bottom:8px;max-width:68ch}
.details h4{margin-top:4px}
.terms{display:grid;grid-template-columns:minmax(90px,max-content) minmax(0,1fr);gap:3px 16px}
.terms dt{color:var(--muted)}
.terms dd{overflow-wrap:anywhere}
.terms .terms,.terms ul{border-left:2px solid var(--line);padding-left:10px}
.ids{margin-top:12px;padding-top:10px;border-top:1px solid var(--line)}
.back{margin-top:18px}
.uid{color:var(--muted);overflow-wrap:anywhere;max-height:9em;overflow-y:auto}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:12px 26px;margin-top:16px;padding:14px 16px;background:var(--surface);border-radius:6px}
.facts dt{color:var(--muted);font-size:.86rem}
.facts dd{overflow-wrap:anywhere}
.capabilities,.gaps{display:grid;gap:5px;overflow-wrap:anywhere}
article{border:1px solid var(--line);border-radius:6px;padding:10px 16px;margin-bottom:12px}
h4.finding{font-size:1rem;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;overflow-wrap:anywhere}
details summary{cursor:pointer}
td details[open]{padding-bottom:8px}
td details p{margin:6px 0;max-width:80ch}
td summary .under{padding-left:14px}
@media (max-width:760px){.details{grid-template-columns:1fr}.keys{display:none}}
`;
