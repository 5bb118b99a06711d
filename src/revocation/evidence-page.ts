import type { Entry } from '#ledger/entry.ts';
import type { Approval } from './approvals.ts';
import { planDigest, type Plan } from './plan.ts';
import type { Verification } from './verify-plan.ts';

export interface EvidencePage {
  readonly plan: Plan;
  readonly approvals: readonly Approval[];
  readonly verification: Verification;
  readonly entries: readonly Entry[];
  readonly digests: readonly { readonly name: string; readonly sha256: string }[];
}

/** The evidence as a page that a person reads and prints: no script, nothing from a network. */
export function evidencePage({ plan, approvals, verification, entries, digests }: EvidencePage): string {
  const names = plan.identities.map(({ uid }) => uid);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${text(`Revocation ${plan.id}: ${verification.verdict}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Revocation of ${text(names[0] ?? '')}</h1>
<p class="verdict ${text(verification.verdict)}">${text(verification.verdict)}</p>
<p>Found at ${text(verification.time)}. Asked for by ${text(plan.requester)}${plan.reason === '' ? '' : `: ${text(plan.reason)}`}.</p>
${table(
  'What was found',
  ['Identity', 'Way of looking', 'Found', 'Detail'],
  verification.identities.flatMap(({ identityUid, checks }) =>
    checks.map(({ way, result, detail }) => [identityUid, way, FOUND[result], detail]),
  ),
)}
${list('Not checked', verification.notChecked, 'Everything was checked.')}
${table(
  'What was done',
  ['Step', 'What', 'Outcome', 'Time', 'Provider’s request id'],
  plan.steps.map(({ id, title }) => [id, title, ...outcomeOf(id, entries)]),
)}
${list(
  'What remains by plan',
  plan.residual.entitlements.map(
    ({ identityUid, capability, scopeUid }) => `${identityUid}: ${capability} on ${scopeUid}`,
  ),
  'Nothing that the graph shows.',
)}
${table(
  'Who approved',
  ['Approver', 'Time', 'Overruled', 'Key'],
  approvals.map(({ approver, time, overrules, key }) => [approver, time, overrules.join(', '), key]),
)}
${table(
  'Ways in and out before',
  ['Identity', 'Way', 'What', 'Closed by'],
  plan.ways.map(({ identityUid, direction, kind, what, closedBy }) => [
    identityUid,
    `${direction}: ${kind}`,
    what,
    closedBy.length === 0 ? 'nothing' : closedBy.join(', '),
  ]),
)}
${table(
  'Entries of the ledger',
  ['Entry', 'Time', 'Kind', 'Digest'],
  entries.map(({ sequence, time, kind, digest }) => [String(sequence), time, kind, digest]),
)}
${table(
  'Files of this folder',
  ['File', 'SHA-256'],
  digests.map(({ name, sha256 }) => [name, sha256]),
)}
<p>The digest of the plan is <code>${planDigest(plan)}</code>. <code>nhi ledger verify</code> checks the entries offline.</p>
</body>
</html>
`;
}

const FOUND = { gone: 'gone', 'still-there': 'still there', open: 'could not be told' } as const;

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #8886; padding: .3rem .6rem .3rem 0; overflow-wrap: anywhere }
.verdict { display: inline-block; font-weight: 700; border: 2px solid; border-radius: .3rem; padding: .2rem .8rem }
.proved { color: #1a7f37 } .partially-proved { color: #9a6700 } .not-proved, .regressed { color: #cf222e }
@media (prefers-color-scheme: dark) { .proved { color: #3fb950 } .partially-proved { color: #d29922 } .not-proved, .regressed { color: #f85149 } }
`;

function outcomeOf(stepId: string, entries: readonly Entry[]): [string, string, string] {
  const last = entries
    .filter(({ kind, body }) => (kind === 'outcome' || kind === 'rollback') && body['step'] === stepId)
    .at(-1);
  if (last === undefined) return ['not carried out', '', ''];
  const { outcome, requestId } = last.body;
  return [
    typeof outcome === 'string' ? outcome : '',
    last.time,
    typeof requestId === 'string' ? requestId : '',
  ];
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `<h2>${text(title)}</h2>\n<p>None.</p>`;
  const head = heads.map((each) => `<th scope="col">${text(each)}</th>`).join('');
  const body = rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<h2>${text(title)}</h2>\n<table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table>`;
}

function list(title: string, items: readonly string[], none: string): string {
  const body =
    items.length === 0
      ? `<p>${text(none)}</p>`
      : `<ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
  return `<h2>${text(title)}</h2>\n${body}`;
}

function text(value: string): string {
  return value
    .replaceAll(/\p{C}/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
