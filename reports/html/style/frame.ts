/** Type, masthead, navigation, and what is for screen readers only. */
export const FRAME = `
*{box-sizing:border-box}
html{background:var(--page);color:var(--text);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;-webkit-text-size-adjust:100%}
body{max-width:1360px;margin:0 auto;padding:0 28px 56px}
h1,h2,h3,h4,p,ul,dl,dd,fieldset{margin:0;padding:0}
ul{list-style:none}
h1{font-size:1.36rem;font-weight:650;letter-spacing:-.01em}
h2{font-size:1.21rem;font-weight:650;margin:28px 0 12px;overflow-wrap:anywhere}
h3{font-size:1rem;font-weight:650;margin:26px 0 8px}
h4{font-size:.93rem;font-weight:650;margin:0 0 6px}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
code,kbd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86rem}
code{overflow-wrap:anywhere}
kbd{border:1px solid var(--line);border-radius:3px;padding:0 4px;color:var(--muted);background:var(--surface)}
[hidden]{display:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
h2:focus-visible,main:focus-visible{outline:none}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}
.skip:focus{left:12px;top:8px;background:var(--page);padding:6px 10px;z-index:2}
.masthead{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 18px;padding-top:20px;border-bottom:1px solid var(--line)}
.origin{color:var(--muted);font-size:.93rem;overflow-wrap:anywhere}
.dot{opacity:.6;padding:0 3px}
nav{flex-basis:100%;display:flex;flex-wrap:wrap;gap:0 26px;margin-top:12px}
nav a{color:var(--muted);padding:8px 1px 9px;margin-bottom:-1px;border-bottom:2px solid transparent;font-weight:550}
nav a:hover{color:var(--text);text-decoration:none}
nav a[aria-current=page]{color:var(--text);border-bottom-color:var(--accent)}
nav .count{color:var(--muted);font-weight:400;font-variant-numeric:tabular-nums}
nav .aside{font-size:.86rem;font-weight:500}
html:not(.scripts) nav,html:not(.scripts) .filters,html:not(.scripts) .pager,html:not(.scripts) .scripted{display:none}
.mark{white-space:nowrap;font-weight:600;font-size:.93rem}
.glyph{display:inline-block;width:1.1em;text-align:center}
.status{font-size:.93rem;color:var(--muted)}
.none{color:var(--muted);font-weight:400}
.small{font-size:.86rem;color:var(--muted)}
.lead{color:var(--muted);margin-bottom:12px}
.n,.date{font-variant-numeric:tabular-nums}
.note{border-left:3px solid var(--unknown);background:var(--surface);padding:9px 14px;margin:0 0 14px;border-radius:0 4px 4px 0}
.empty{border:1px dashed var(--line);border-radius:6px;padding:28px;text-align:center;color:var(--muted)}
.empty strong{color:var(--text)}
footer{margin-top:40px;padding-top:12px;border-top:1px solid var(--line);color:var(--muted);font-size:.86rem}
`;
