import { observe, type Observation } from '#model/record.ts';
import type { Uid } from '#model/system.ts';
import { awsAccountUid } from '#model/uid.ts';
import type { ResourceView } from '../terraform/resource-view.ts';
import { providerArn, type AwsNames } from './names.ts';

/** The rows of what authorization details do not hold: access keys, identity providers, functions. */
export function otherRows(
  resources: readonly ResourceView[],
  names: AwsNames,
): { readonly rows: readonly Observation[]; readonly sources: ReadonlyMap<Uid, string> } {
  const rows: Observation[] = [];
  const sources = new Map<Uid, string>();
  for (const view of resources) {
    const row = rowOf(view, names);
    if (row === null) continue;
    rows.push(row);
    if ('uid' in row.row) sources.set(row.row.uid, view.address);
  }
  return { rows, sources };
}

function rowOf(view: ResourceView, names: AwsNames): Observation | null {
  switch (view.type) {
    case 'aws_iam_access_key':
      return accessKey(view, names);
    case 'aws_iam_openid_connect_provider':
      return identityProvider(view, names);
    case 'aws_lambda_function':
      return lambdaFunction(view, names);
    default:
      return null;
  }
}

function accessKey(view: ResourceView, names: AwsNames): Observation | null {
  const user = view.text('user');
  if (user === null) {
    view.open('user: known only after applying: nobody knows whose access key it is');
    return null;
  }
  const arn = names.arnOf(view, 'user', user);
  const id = view.text('id') ?? view.address;
  return observe('credentials', {
    uid: `${arn}/access-key/${id}`,
    system: 'aws',
    scopeUid: awsAccountUid(names.accountOf(view)),
    identityUid: arn,
    kind: 'access-key',
    name: id,
    enabled: view.value('status') !== 'Inactive',
    createdAt: null,
    expiresAt: null,
    lastUsedAt: null,
    lastUsedEvidence: 'none',
    raw: null,
  });
}

function identityProvider(view: ResourceView, names: AwsNames): Observation {
  const arn = providerArn(view, names.accountOf(view));
  return observe('scopes', {
    uid: arn,
    system: 'aws',
    kind: 'federation-provider',
    name: arn.slice(arn.indexOf('/') + 1),
    parentUid: awsAccountUid(names.accountOf(view)),
    environment: null,
    tags: {},
    raw: { ClientIDList: view.texts('client_id_list'), CreateDate: null },
  });
}

function lambdaFunction(view: ResourceView, names: AwsNames): Observation | null {
  const role = view.text('role');
  if (role === null) {
    view.open('role: known only after applying: nobody knows what the function runs as');
    return null;
  }
  const name = view.text('function_name') ?? view.address;
  const account = names.accountOf(view);
  const region = view.text('region') ?? 'region-known-after-apply';
  return observe('workloads', {
    uid: view.text('arn') ?? `arn:aws:lambda:${region}:${account}:function:${name}`,
    system: 'aws',
    scopeUid: awsAccountUid(account),
    identityUid: role,
    kind: 'lambda-function',
    name,
    environment: null,
  });
}
