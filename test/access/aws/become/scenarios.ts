import { PASS_ROLE_WAYS, EXISTING_WAYS } from '#catalogue/aws/escalation.ts';
import { allow, EVERYTHING, HOME, trust, type Becoming } from './estate.ts';
import { iamScenarios } from './scenarios-iam.ts';
import type { Scenario } from './scenario.ts';

/** A scenario for every technique (`via`) that the catalogue has. */
export function scenarios(): Map<string, Scenario> {
  return new Map([...PASS_ROLE_WAYS.map(passRole), ...EXISTING_WAYS.map(existing), ...iamScenarios()]);
}

function passRole(way: (typeof PASS_ROLE_WAYS)[number]): [string, Scenario] {
  const permissions = ['iam:PassRole', ...way.permissions];
  const world = (held: readonly string[], service = way.services[0] ?? ''): Becoming => ({
    identities: {
      'user/ann': { policies: [allow(held)] },
      'role/boss': { policies: [EVERYTHING], trust: trust(service) },
      'role/other': { trust: trust('states.amazonaws.com') },
    },
    profiles: ['role/boss'],
  });
  return [
    way.via,
    {
      from: 'user/ann',
      to: 'role/boss',
      permissions,
      world,
      lacking: world(permissions, 'states.amazonaws.com'),
      isConditional: way.open !== null || way.listedBy !== null,
    },
  ];
}

const RESOURCES: Readonly<Record<string, string>> = {
  'lambda:UpdateFunctionCode': `lambda:eu-west-1:${HOME}:function:f`,
  'cloudformation:UpdateStack': `cloudformation:eu-west-1:${HOME}:stack/s/1`,
  'cloudformation:CreateChangeSet': `cloudformation:eu-west-1:${HOME}:stack/s/1`,
  'codebuild:StartBuild': `codebuild:eu-west-1:${HOME}:project/p`,
  'codebuild:StartBuildBatch': `codebuild:eu-west-1:${HOME}:project/p`,
  'glue:UpdateDevEndpoint': `glue:eu-west-1:${HOME}:devEndpoint/d`,
  'apprunner:UpdateService': `apprunner:eu-west-1:${HOME}:service/s/1`,
  'sagemaker:CreatePresignedNotebookInstanceUrl': `sagemaker:eu-west-1:${HOME}:notebook-instance/n`,
  'sagemaker:UpdateNotebookInstance': `sagemaker:eu-west-1:${HOME}:notebook-instance/n`,
  'bedrock-agentcore:StartCodeInterpreterSession': `bedrock-agentcore:eu-west-1:${HOME}:code-interpreter-custom/c`,
  'ec2:ModifyInstanceAttribute': `ec2:eu-west-1:${HOME}:instance/i-1`,
  'ec2:ModifyLaunchTemplate': `ec2:eu-west-1:${HOME}:launch-template/lt-1`,
  'ec2-instance-connect:SendSSHPublicKey': `ec2:eu-west-1:${HOME}:instance/i-1`,
  'ssm:StartSession': `ec2:eu-west-1:${HOME}:instance/i-1`,
  'ssm:SendCommand': `ec2:eu-west-1:${HOME}:instance/i-1`,
};

function existing(way: (typeof EXISTING_WAYS)[number]): [string, Scenario] {
  const resource = `arn:aws:${RESOURCES[way.permissions[0] ?? '']}`;
  const world = (permissions: readonly string[], runs = { [resource]: 'role/boss' }): Becoming => ({
    identities: {
      'user/ann': { policies: [allow(permissions)] },
      'role/boss': { policies: [EVERYTHING], trust: trust(way.services[0] ?? '') },
    },
    runs,
    listed: [way.listedBy],
  });
  return [
    way.via,
    {
      from: 'user/ann',
      to: 'role/boss',
      permissions: way.permissions,
      world,
      lacking: world(way.permissions, {}),
      isConditional: way.open !== null,
    },
  ];
}
