import type { AdminWay, ReportInput } from '#contract/report.ts';
import type { Uid } from '#model/system.ts';
import { adminUid } from '#model/uid.ts';
import { groupBy } from '../../group.ts';
import { addressPart, clip } from '../../inert-text.ts';
import type { Lookup } from '../../lookup.ts';
import { counted, systemTitle } from '../../words.ts';
import { wayGraph } from '../charts/way-graph.ts';
import type { NodeWords } from '../charts/way-graph.ts';
import { wayTree } from '../charts/way-tree.ts';
import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { SHOWN_NAME } from './parts.ts';

const LIMIT = { goals: 12, ways: 15 };

/** Who can become an administrator, and how: a graph for each administrator, and its steps in words. */
export function waysSection(input: ReportInput, by: Lookup): Markup | null {
  const { adminWays } = input;
  if (adminWays === undefined) return null;
  const { ways, left } = adminWays;
  const heading = markup`<h2 tabindex="-1">Paths to administrator</h2>`;
  if (ways.length === 0) {
    return markup`${heading}<div class="empty"><p><strong>No path was found in what was read.</strong> See <a href="#/coverage">coverage</a> for what was not.</p></div>`;
  }
  const names = nodeNames(input, by);
  const goals = [...groupBy(ways, ({ hops }) => hops.at(-1)?.to ?? null)];
  const identities = ways.reduce((sum, { count }) => sum + count, 0);
  return markup`${heading}
<p class="lead">${counted(identities, 'identity that is', 'identities that are')} no administrator can become one, by ${counted(ways.length, 'way')}: each by its shortest, certain ones first. A dashed line is part of a way that needs, in one of its steps, a condition that only a request can settle.</p>
${goals.slice(0, LIMIT.goals).map(([goal, all]) => goalFigure(goal, all, names))}
${left + Math.max(0, goals.length - LIMIT.goals) > 0 ? markup`<p class="note">There are more: nhi paths --to admin lists them all.</p>` : null}`;
}

function goalFigure(goal: Uid, all: readonly AdminWay[], names: (uid: Uid) => NodeWords): Markup {
  const shown = all.slice(0, LIMIT.ways);
  const { name, kind } = names(goal);
  const title = `To ${clip(name, SHOWN_NAME)} (${kind})`;
  const more = all.length - shown.length;
  return markup`<figure class="way"><figcaption><h3><bdi>${title}</bdi></h3></figcaption>
<div class="ways" tabindex="0" role="group" aria-label="Graph, ${title}">${wayGraph(wayTree(goal, shown), ({ uid }) => names(uid), title)}</div>
<details class="numbers"><summary>Steps in words</summary><ol class="steps">${shown.map((way) => markup`<li>${steps(way, names)}</li>`)}</ol></details>
${more > 0 ? markup`<p class="note">${counted(more, 'more way')} in the json report.</p>` : null}</figure>`;
}

function steps({ identities, count, certainty, hops }: AdminWay, names: (uid: Uid) => NodeWords): Markup {
  const others = count > 1 ? ` and ${count - 1} more` : '';
  return markup`<code>${clip(identities[0] ?? '', SHOWN_NAME)}</code>${others}${hops.map(
    ({ to, via, permissions }) =>
      markup` → <strong>${clip(via, 80)}</strong>${permissions.length === 0 ? null : ` (${clip(permissions.join(', '), 200)})`} → <code title="${names(to).name}">${clip(to, SHOWN_NAME)}</code>`,
  )}${certainty === 'conditional' ? ', under a condition' : null}`;
}

/** Names of nodes: identities, full control over a scope, and what else edges lead to. */
function nodeNames(input: ReportInput, by: Lookup): (uid: Uid) => NodeWords {
  const control = new Map(input.scopes.map((scope) => [adminUid(scope.uid), scope]));
  return (uid) => {
    const identity = by.identity(uid);
    if (identity !== undefined) {
      const where = by.scope(identity.scopeUid)?.name ?? identity.scopeUid;
      return {
        name: identity.name || uid,
        kind: `${identity.kind} · ${where}`,
        href: `#/identity/${addressPart(uid)}`,
      };
    }
    const scope = control.get(uid);
    if (scope === undefined)
      return { name: uid.split(/[/:]/u).at(-1) || uid, kind: clip(uid, 38), href: null };
    return { name: 'Full control', kind: `${systemTitle(scope.system)} · ${scope.name}`, href: null };
  };
}
