import type { Observation } from '#model/record.ts';
import type { AccountReading } from '../account.ts';
import { listOf, textOf, textsOf } from '../parts.ts';
import { holderRows, WORKLOADS } from './holders.ts';

const DESCRIBE = 'codebuild:BatchGetProjects';

/** Yields the roles of CodeBuild projects, which are described a hundred at a time. */
export async function* readBuildProjects(
  account: AccountReading,
  region: string,
): AsyncGenerator<readonly Observation[]> {
  for await (const page of account.pages(WORKLOADS, 'codebuild:ListProjects', {}, { region })) {
    const names = textsOf(page, 'projects');
    if (names.length === 0) continue;
    const reply = await account.call(WORKLOADS, DESCRIBE, { names }, { region });
    for (const project of listOf(reply, 'projects')) {
      holderRows(account, DESCRIBE, {
        arn: textOf(project, 'arn'),
        name: textOf(project, 'name'),
        kind: 'codebuild-project',
        roles: { '': textOf(project, 'serviceRole') },
      });
    }
    const rows = account.intake.rows.take();
    if (rows !== null) yield rows;
  }
  account.follows(WORKLOADS, 'codebuild:ListProjects', [DESCRIBE]);
}
