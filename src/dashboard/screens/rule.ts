import type { Line, PageScreen } from '../screen.ts';
import { firstOf, heading, item, labelled, line, paragraph, toned, type Block } from './lines.ts';
import { marksFor } from './marks.ts';
import { remedyLines } from './remedy.ts';

const LABEL = 12;
const SHOWN = 30;

/** One rule: what it asks and why, what to do, and how it went in each scope. */
export const rule: PageScreen = {
  kind: 'page',
  id: 'rule',
  title: 'Rule',
  lines: async (subject, columns, data) => {
    const id = subject ?? '';
    const notes = (await data.rules()).get(id);
    const block = { columns };
    const results = await data.reader.all<ScopeResult>(
      `SELECT coalesce(scope_uid, 'no scope') AS scope, failed, unknown, passed FROM rule_results
       WHERE rule_id = $id ORDER BY failed DESC, unknown DESC, scope`,
      { id },
    );
    return [
      ...paragraph([toned('strong', id), `  ${notes?.title ?? 'not among the rules that are loaded'}`], {
        columns,
        indent: 0,
      }),
      line([]),
      ...(notes === undefined
        ? []
        : [
            ...labelled('severity', [notes.severity], LABEL, block),
            ...labelled('category', [notes.category], LABEL, block),
            ...labelled('needs', [notes.needs.join(', ')], LABEL, block),
            ...labelled('playbook', [notes.playbook ?? 'none'], LABEL, block),
          ]),
      ...labelled('findings', [toned('link', 'open the list')], LABEL, {
        ...block,
        link: { screen: 'findings', filter: `rule:${id}` },
      }),
      ...heading('Results by scope', String(results.length)),
      ...(results.length === 0 ? paragraph(['Nothing was judged, which is no pass.'], block) : []),
      ...firstOf(results, SHOWN, (each) => resultLine(each, block), block),
      ...(notes === undefined
        ? []
        : [
            ...heading('About'),
            ...paragraph([notes.about], block),
            ...heading('What to do'),
            ...remedyLines(notes.remedy, block),
            ...heading('Asked for by'),
            ...(notes.controls.length === 0
              ? paragraph(['No control of the built-in frameworks.'], block)
              : []),
            ...notes.controls.flatMap((control) => item(marksFor(data.ascii).bullet, [control], block)),
          ]),
    ];
  },
};

interface ScopeResult {
  readonly scope: string;
  readonly failed: number;
  readonly unknown: number;
  readonly passed: number;
}

function resultLine({ scope, failed, unknown, passed }: ScopeResult, block: Block): Line[] {
  return labelled(
    scope,
    [
      toned(failed > 0 ? 'bad' : 'plain', `${failed} failed`),
      toned(unknown > 0 ? 'warning' : 'plain', `, ${unknown} unknown`),
      `, ${passed} passed`,
    ],
    34,
    block,
  );
}
