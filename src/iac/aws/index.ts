import { join } from 'node:path';
import { ConfigError } from '#model/errors.ts';
import { awsAccountUid } from '#model/uid.ts';
import { importExports, type Importing } from '../import-exports.ts';
import type { Known } from '../known.ts';
import type { Proposal, Unknown } from '../proposal.ts';
import type { Plan } from '../terraform/read-plan.ts';
import { planStates, type ResourceView } from '../terraform/resource-view.ts';
import { undescribedRoles } from '../undescribed.ts';
import { awsDetails } from './details.ts';
import { authorizationDetails } from './exports.ts';
import { managedPolicyRows } from './managed-policies.ts';
import { computeAws, ENTITY_OF, ownArn, type AwsNames, type EntityType } from './names.ts';
import { otherRows } from './other-rows.ts';

/** What the AWS resources of a plan change. Throws ConfigError where nobody can tell which account it is about. */
export async function awsProposal(
  plan: Plan,
  known: Known,
  importing: Omit<Importing, 'of'>,
): Promise<Proposal> {
  const unknowns: Unknown[] = [];
  const accountOf = await accounts(plan, known);
  const { before, after } = planStates(plan, computeAws(accountOf), unknowns);
  const ours = (views: readonly ResourceView[]) => views.filter(({ type }) => type.startsWith('aws_'));
  const [was, will] = [ours(before.resources), ours(after.resources)];
  const names = await namesOf([...will, ...was], known, accountOf);
  const detailsBefore = awsDetails(was, names);
  const detailsAfter = awsDetails(will, names);
  const rows = (name: string, one: typeof detailsBefore, other: typeof detailsBefore) =>
    importExports([authorizationDetails(one, other)], {
      ...importing,
      folder: join(importing.folder, name),
      of: plan.file,
    });
  const others = { before: otherRows(was, names), after: otherRows(will, names) };
  const sides = {
    before: [...(await rows('aws-before', detailsBefore, detailsAfter)), ...others.before.rows],
    after: [...(await rows('aws-after', detailsAfter, detailsBefore)), ...others.after.rows],
    sources: new Map([
      ...detailsBefore.sources,
      ...others.before.sources,
      ...detailsAfter.sources,
      ...others.after.sources,
    ]),
  };
  const proposed = { ...sides, after: [...sides.after, ...managedPolicyRows(sides.after)] };
  return {
    ...proposed,
    owned: new Set([...detailsBefore.owned, ...detailsAfter.owned]),
    unknowns: [...unknowns, ...(await undescribedRoles('aws', proposed, known))],
  };
}

const ACCOUNT_IN_ARN = /^arn:[^:]+:[^:]*:[^:]*:(\d{12}):/u;

/** The account of a provider's other resources, else that of all of them, else the only one of the snapshot. */
async function accounts(plan: Plan, known: Known): Promise<(view: ResourceView) => string> {
  const byProvider = new Map<string | null, Set<string>>();
  const { after, before } = planStates(plan, () => null, []);
  for (const view of [...before.resources, ...after.resources]) {
    const account = ACCOUNT_IN_ARN.exec(view.type.startsWith('aws_') ? String(view.value('arn')) : '')?.[1];
    if (account === undefined) continue;
    for (const provider of new Set([view.provider, ALL])) {
      byProvider.set(provider, (byProvider.get(provider) ?? new Set()).add(account));
    }
  }
  const inSnapshot = (await known.scopes('aws', 'account')).map(({ uid }) => uid.slice('aws:'.length));
  const only = (all: ReadonlySet<string> | undefined): string | null =>
    all?.size === 1 ? ([...all][0] ?? null) : null;
  return (view) => {
    const account =
      only(byProvider.get(view.provider)) ?? only(byProvider.get(ALL)) ?? only(new Set(inSnapshot));
    if (account !== null) return account;
    throw new ConfigError(`${view.place}: nobody can tell which AWS account this is in`, {
      hint: `The snapshot has ${inSnapshot.length} accounts; judge against one that has the plan's account alone.`,
    });
  };
}

/** The key for all providers together: configurations cannot have it. */
const ALL = '*';

const KINDS: Readonly<Record<EntityType, string>> = {
  role: 'iam-role',
  user: 'iam-user',
  group: 'iam-group',
  policy: 'managed-policy',
};

async function namesOf(
  views: readonly ResourceView[],
  known: Known,
  accountOf: AwsNames['accountOf'],
): Promise<AwsNames> {
  const arns = new Map<string, string>();
  const read = new Set<string>();
  for (const view of views) {
    const account = accountOf(view);
    if (read.has(account)) continue;
    read.add(account);
    for (const [key, uid] of await known.principals(awsAccountUid(account)))
      arns.set(`${account} ${key}`, uid);
  }
  for (const view of views) {
    const type = ENTITY_OF[view.type];
    if (type === undefined) continue;
    const arn = ownArn(view, type, accountOf(view));
    arns.set(`${accountOf(view)} ${KINDS[type]}/${arn.slice(arn.lastIndexOf('/') + 1)}`, arn);
  }
  return {
    accountOf,
    arnOf: (view, type, name) =>
      arns.get(`${accountOf(view)} ${KINDS[type]}/${name}`) ??
      `arn:aws:iam::${accountOf(view)}:${type}/${name}`,
  };
}
