import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { awsAccess } from '#access/aws/index.ts';
import { becomingGraph, pathsTo } from '#access/reach/index.ts';
import type { AccessRecords } from '#access/engine.ts';
import { adminUid } from '#model/uid.ts';
import { accessRecords } from '#test/access/access-records.ts';
import { importPaths } from '#test/collectors/aws/importing.ts';

const FILE = join(process.cwd(), '../shared/data/aws/cloudsplaining-example/authorization-details.json');
const ACCOUNT = '200611803367';

/**
 * How each gets to be an administrator, found by hand in the policies. Of `both` there is a user and a role with the
 * same policy; other names are whole. No credential report and no workloads are there.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  'fn1-privesc3-partial both': 'pass-role-ec2',
  'fn2-exploitableResourceConstraint both': 'create-policy-version',
  'fn4-exploitableNotAction both': 'pass-role-cloudformation',
  'privesc-CloudFormationUpdateStack both': 'update-stack (conditional)',
  'privesc-codeBuildCreateProjectPassRole both': 'pass-role-codebuild',
  'privesc-ec2InstanceConnect both': 'ec2-instance-connect (conditional)',
  'privesc-sageMakerCreateNotebookPassRole both': 'pass-role-sagemaker-notebook',
  'privesc-sageMakerCreatePresignedNotebookURL both': 'sagemaker-notebook-url (conditional)',
  'privesc-sageMakerCreateProcessingJobPassRole both': 'pass-role-sagemaker-processing',
  'privesc-sageMakerCreateTrainingJobPassRole both': 'pass-role-sagemaker-training',
  'privesc-sre both': 'update-trust-policy',
  'privesc-ssmSendCommand both': 'ssm-command (conditional)',
  'privesc-ssmStartSession both': 'ssm-session (conditional)',
  'privesc1-CreateNewPolicyVersion both': 'create-policy-version',
  'privesc2-SetExistingDefaultPolicyVersion both': 'set-default-policy-version (conditional)',
  'privesc3-CreateEC2WithExistingInstanceProfile both': 'pass-role-ec2',
  'privesc4-CreateAccessKey both': 'create-access-key > pass-role-ec2 (conditional)',
  'privesc5-CreateLoginProfile both': 'create-login-profile > pass-role-ec2 (conditional)',
  'privesc6-UpdateLoginProfile both': 'update-login-profile > pass-role-ec2 (conditional)',
  'privesc7-AttachUserPolicy-user': 'attach-user-policy',
  'privesc8-AttachGroupPolicy-user': 'attach-group-policy',
  'privesc9-AttachRolePolicy-role': 'attach-role-policy',
  'privesc10-PutUserPolicy-user': 'put-user-policy',
  'privesc11-PutGroupPolicy-user': 'put-group-policy',
  'privesc12-PutRolePolicy-role': 'put-role-policy',
  'privesc13-AddUserToGroup-user': 'add-user-to-group > update-trust-policy',
  'privesc14-UpdatingAssumeRolePolicy both': 'update-trust-policy',
  'privesc15-PassExistingRoleToNewLambdaThenInvoke both': 'pass-role-lambda',
  'privesc16-PassRoleToNewLambdaThenTriggerWithNewDynamo both': 'pass-role-lambda-event-source (conditional)',
  'privesc17-EditExistingLambdaFunctionWithRole both': 'update-lambda-code (conditional)',
  'privesc18-PassExistingRoleToNewGlueDevEndpoint both': 'pass-role-glue-endpoint',
  'privesc19-UpdateExistingGlueDevEndpoint both': 'update-glue-endpoint (conditional)',
  'privesc20-PassExistingRoleToCloudFormation both': 'pass-role-cloudformation',
  'privesc21-PassExistingRoleToNewDataPipeline both': 'pass-role-data-pipeline',
  // Sessions of a role have a token of now, whatever it says; a user’s own key has none, and so no time of issue.
  'fn3-exploitableConditionConstraint-role': 'create-policy-version',
  'fn3-exploitableConditionConstraint-user': 'create-policy-version (conditional)',
  'privesc-AssumeRole-starting-role': 'assume-role > assume-role',
  'privesc-AssumeRole-intermediate-role': 'assume-role',
  'AWS-QuickSetup-StackSet-Local-AdministrationRole': 'assume-role',
  OverprivilegedEC2: 'create-access-key (conditional)',
};

/** Those whose names say that they must not be found, and those whose right is on nobody whom they are or become. */
const NOBODY = [
  'fp1-allow-and-deny both',
  'fp2-allow-and-deny-multiple-policies both',
  'fp3-deny-iam both',
  'fp4-nonExploitableResourceConstraint both',
  'fp5-nonExploitableConditionConstraint both',
  'privesc7-AttachUserPolicy-role',
  'privesc8-AttachGroupPolicy-role',
  'privesc9-AttachRolePolicy-user',
  'privesc10-PutUserPolicy-role',
  'privesc11-PutGroupPolicy-role',
  'privesc12-PutRolePolicy-user',
  'privesc13-AddUserToGroup-role',
  'privesc-AssumeRole-start-user',
  'biden',
  'MyRole',
  'MyOtherRole',
].flatMap(meant);

describe.skipIf(!existsSync(FILE))('the example account of cloudsplaining (needs ../shared/data)', () => {
  let records: AccessRecords;
  let paths: ReturnType<typeof pathsTo>;

  beforeAll(async () => {
    const rows = await importPaths([FILE]);
    records = accessRecords({
      scopes: rows('scopes'),
      identities: rows('identities'),
      groups: rows('groups'),
      memberships: rows('memberships'),
      credentials: rows('credentials'),
      roles: rows('roles'),
      grants: rows('grants'),
      guardrails: rows('guardrails'),
      resourcePolicies: rows('resourcePolicies'),
      trusts: rows('trusts'),
      workloads: rows('workloads'),
      coverage: rows('coverage'),
    });
    const access = awsAccess(records, { asOf: '2026-11-20T00:00:00.000Z' });
    const admins = [...access.entitlements()].flatMap(({ identityUid, capability, certainty }) =>
      capability === 'admin' && certainty === 'certain' ? [identityUid] : [],
    );
    paths = pathsTo(becomingGraph(access.edges()), [adminUid(`aws:${ACCOUNT}`), ...admins]);
  });

  /** Those with a path that has a step, by name. */
  function found(): Record<string, string> {
    const all = records.identities.flatMap(({ uid, name }): [string, string][] => {
      const path = paths.pathOf(uid);
      if (path === null || path.hops.length === 0) return [];
      const text = path.hops.map(({ via }) => via).join(' > ');
      return [[name, path.certainty === 'certain' ? text : `${text} (conditional)`]];
    });
    return Object.fromEntries(all);
  }

  it('has these paths to full control over it, and no others', () => {
    const expected = Object.entries(EXPECTED).flatMap(([name, path]) =>
      meant(name).map((each) => [each, path] as const),
    );
    expect(found()).toEqual(Object.fromEntries(expected));
  });

  it('has none for those who only seem to have one', () => {
    const names = new Set(records.identities.map(({ name }) => name));
    expect(NOBODY.filter((name) => !names.has(name))).toEqual([]);
    expect(NOBODY.filter((name) => name in found())).toEqual([]);
  });
});

function meant(name: string): string[] {
  const both = / both$/u;
  return both.test(name) ? ['-user', '-role'].map((suffix) => name.replace(both, suffix)) : [name];
}
