import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ACCOUNT = '111122223333';
const ADMIN = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** One AWS account with an administrator role and an old user, and one cluster with one ServiceAccount. */
export async function writeSmallEstate(folder: string): Promise<string> {
  const exports = join(folder, 'exports');
  await mkdir(join(exports, 'shop'), { recursive: true });
  await writeFile(
    join(exports, 'authorization-details.json'),
    JSON.stringify(authorizationDetails(), null, 4),
  );
  await writeFile(join(exports, 'shop', 'rbac.yaml'), MANIFESTS);
  return exports;
}

function authorizationDetails(): object {
  const base = { Path: '/', CreateDate: '2024-01-01T00:00:00+00:00', Tags: [] };
  return {
    UserDetailList: [
      {
        ...base,
        UserName: 'svc-old',
        UserId: 'AIDAEXAMPLE0000000001',
        Arn: `arn:aws:iam::${ACCOUNT}:user/svc-old`,
        GroupList: [],
        AttachedManagedPolicies: [],
        UserPolicyList: [],
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [
      {
        ...base,
        RoleName: 'deploy',
        RoleId: 'AROAEXAMPLE0000000001',
        Arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
        Tags: [{ Key: 'owner', Value: 'platform' }],
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        InstanceProfileList: [],
        AttachedManagedPolicies: [],
        RolePolicyList: [{ PolicyName: 'everything', PolicyDocument: ADMIN }],
        RoleLastUsed: { LastUsedDate: '2026-11-19T00:00:00+00:00', Region: 'eu-west-1' },
      },
    ],
    Policies: [],
  };
}

const MANIFESTS = `apiVersion: v1
kind: Namespace
metadata: { name: web }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: web, annotations: { owner: shop } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: web }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: api-reads, namespace: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: api, namespace: web }]
`;
