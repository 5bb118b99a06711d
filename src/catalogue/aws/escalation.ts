/** How somebody who runs something in a service acts as the role that the service takes on for it. */
export interface ServiceWay {
  readonly via: string;
  /** The service principals one of which the role has to trust. */
  readonly services: readonly string[];
  /** What it takes, all of it; with a way of `PASS_ROLE_WAYS` also `iam:PassRole` on the role. */
  readonly permissions: readonly string[];
  /** What else has to be so and no record shows; null: nothing. */
  readonly open: string | null;
}

/** A way that brings the role along. */
export interface PassRoleWay extends ServiceWay {
  /** The call that lists what has to be there for the first permission to be used on; null: it makes something new. */
  readonly listedBy: string | null;
}

/** A way that uses what runs with the role already: the first permission is used on that. */
export interface ExistingWay extends ServiceWay {
  /** The call that lists what runs so, with its role. */
  readonly listedBy: string;
  /** What the role itself has to be allowed; null: nothing. */
  readonly roleNeeds: string | null;
  /** Another resource that the first permission is used on, without its partition; null: none. */
  readonly also: string | null;
}

const LAMBDA = ['lambda.amazonaws.com'];
const EC2 = ['ec2.amazonaws.com'];
const ECS = ['ecs-tasks.amazonaws.com'];
const GLUE = ['glue.amazonaws.com'];
const CLOUDFORMATION = ['cloudformation.amazonaws.com'];
const CODEBUILD = ['codebuild.amazonaws.com'];
const SAGEMAKER = ['sagemaker.amazonaws.com'];
const APP_RUNNER = ['tasks.apprunner.amazonaws.com'];
const AGENTCORE = ['bedrock-agentcore.amazonaws.com'];

const CLUSTER = 'there is an ECS cluster to run it on';
const STACK_SET = 'the role is only used to take on the roles that it may assume';

/** Ways that pass a role to a service (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html). */
export const PASS_ROLE_WAYS: readonly PassRoleWay[] = [
  pass('pass-role-lambda', LAMBDA, 'lambda:CreateFunction lambda:InvokeFunction'),
  pass(
    'pass-role-lambda-event-source',
    LAMBDA,
    'lambda:CreateFunction lambda:CreateEventSourceMapping',
    'there is a stream or queue to read from',
  ),
  pass('pass-role-lambda-add-permission', LAMBDA, 'lambda:CreateFunction lambda:AddPermission'),
  passOnExisting(
    'pass-role-lambda-update',
    LAMBDA,
    'lambda:UpdateFunctionConfiguration lambda:UpdateFunctionCode lambda:InvokeFunction',
    'lambda:ListFunctions',
  ),
  pass('pass-role-ec2', EC2, 'ec2:RunInstances'),
  pass('pass-role-ec2-spot', EC2, 'ec2:RequestSpotInstances'),
  pass(
    'pass-role-auto-scaling',
    EC2,
    'autoscaling:CreateLaunchConfiguration autoscaling:CreateAutoScalingGroup',
    'the account may use launch configurations and has the service-linked role of Auto Scaling',
  ),
  pass('pass-role-ecs-service', ECS, 'ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService'),
  pass('pass-role-ecs-task', ECS, 'ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask'),
  pass('pass-role-ecs-cluster-service', ECS, 'ecs:RegisterTaskDefinition ecs:CreateService', CLUSTER),
  pass('pass-role-ecs-cluster-task', ECS, 'ecs:RegisterTaskDefinition ecs:RunTask', CLUSTER),
  pass(
    'pass-role-ecs-container-instance',
    ECS,
    'ecs:RegisterTaskDefinition ecs:StartTask',
    'there is a container instance to run it on',
  ),
  pass('pass-role-glue-endpoint', GLUE, 'glue:CreateDevEndpoint'),
  pass('pass-role-glue-job', GLUE, 'glue:CreateJob glue:StartJobRun'),
  pass('pass-role-glue-trigger', GLUE, 'glue:CreateJob glue:CreateTrigger'),
  passOnExisting('pass-role-glue-job-update', GLUE, 'glue:UpdateJob glue:StartJobRun', 'glue:GetJobs'),
  passOnExisting('pass-role-glue-trigger-update', GLUE, 'glue:UpdateJob glue:CreateTrigger', 'glue:GetJobs'),
  pass('pass-role-cloudformation', CLOUDFORMATION, 'cloudformation:CreateStack'),
  pass(
    'pass-role-cloudformation-change-set',
    CLOUDFORMATION,
    'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet',
  ),
  passOnExisting(
    'pass-role-cloudformation-update',
    CLOUDFORMATION,
    'cloudformation:UpdateStack',
    'cloudformation:DescribeStacks',
  ),
  pass(
    'pass-role-stack-set',
    CLOUDFORMATION,
    'cloudformation:CreateStackSet cloudformation:CreateStackInstances',
    STACK_SET,
  ),
  pass(
    'pass-role-stack-set-update',
    CLOUDFORMATION,
    'cloudformation:UpdateStackSet',
    `there is a stack set with instances, and ${STACK_SET}`,
  ),
  pass('pass-role-codebuild', CODEBUILD, 'codebuild:CreateProject codebuild:StartBuild'),
  pass('pass-role-codebuild-batch', CODEBUILD, 'codebuild:CreateProject codebuild:StartBuildBatch'),
  passOnExisting(
    'pass-role-codebuild-update',
    CODEBUILD,
    'codebuild:UpdateProject codebuild:StartBuild',
    'codebuild:BatchGetProjects',
  ),
  pass('pass-role-sagemaker-notebook', SAGEMAKER, 'sagemaker:CreateNotebookInstance'),
  pass('pass-role-sagemaker-training', SAGEMAKER, 'sagemaker:CreateTrainingJob'),
  pass('pass-role-sagemaker-processing', SAGEMAKER, 'sagemaker:CreateProcessingJob'),
  pass('pass-role-app-runner', APP_RUNNER, 'apprunner:CreateService'),
  pass(
    'pass-role-agentcore',
    AGENTCORE,
    'bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter',
  ),
  pass(
    'pass-role-data-pipeline',
    ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com'],
    'datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline',
  ),
  pass(
    'pass-role-pod-identity',
    ['pods.eks.amazonaws.com'],
    'eks:CreatePodIdentityAssociation',
    'there is a cluster to run a pod on',
  ),
];

/** Ways that take over what runs with a role. */
export const EXISTING_WAYS: readonly ExistingWay[] = [
  existing(
    'update-lambda-code',
    LAMBDA,
    'lambda:UpdateFunctionCode',
    'lambda:ListFunctions',
    'something calls the function',
  ),
  existing(
    'update-lambda-code-invoke',
    LAMBDA,
    'lambda:UpdateFunctionCode lambda:InvokeFunction',
    'lambda:ListFunctions',
  ),
  existing(
    'update-lambda-code-add-permission',
    LAMBDA,
    'lambda:UpdateFunctionCode lambda:AddPermission',
    'lambda:ListFunctions',
  ),
  existing('update-stack', CLOUDFORMATION, 'cloudformation:UpdateStack', 'cloudformation:DescribeStacks'),
  existing(
    'change-set',
    CLOUDFORMATION,
    'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet',
    'cloudformation:DescribeStacks',
  ),
  existing('start-build', CODEBUILD, 'codebuild:StartBuild', 'codebuild:BatchGetProjects'),
  existing(
    'start-build-batch',
    CODEBUILD,
    'codebuild:StartBuildBatch',
    'codebuild:BatchGetProjects',
    'the project is set up for batches',
  ),
  existing('update-glue-endpoint', GLUE, 'glue:UpdateDevEndpoint', 'glue:GetDevEndpoints'),
  existing('update-app-runner', APP_RUNNER, 'apprunner:UpdateService', 'apprunner:DescribeService'),
  existing(
    'sagemaker-notebook-url',
    SAGEMAKER,
    'sagemaker:CreatePresignedNotebookInstanceUrl',
    'sagemaker:DescribeNotebookInstance',
  ),
  existing(
    'sagemaker-notebook-lifecycle',
    SAGEMAKER,
    'sagemaker:UpdateNotebookInstance sagemaker:StopNotebookInstance sagemaker:StartNotebookInstance sagemaker:CreateNotebookInstanceLifecycleConfig',
    'sagemaker:DescribeNotebookInstance',
  ),
  existing(
    'agentcore-session',
    AGENTCORE,
    'bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter',
    'bedrock-agentcore:GetCodeInterpreter',
  ),
  existing(
    'ec2-user-data',
    EC2,
    'ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances',
    'ec2:DescribeInstances',
  ),
  existing(
    'ec2-launch-template',
    EC2,
    'ec2:ModifyLaunchTemplate ec2:CreateLaunchTemplateVersion',
    'ec2:DescribeLaunchTemplateVersions',
    'something launches instances from the template',
  ),
  existing(
    'ec2-instance-connect',
    EC2,
    'ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances',
    'ec2:DescribeInstances',
    'the instance can be reached by SSH',
  ),
  // An instance whose role may not do this is only managed where the whole account's instances are by default:
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/managed-instances-default-host-management.html
  {
    ...existing('ssm-session', EC2, 'ssm:StartSession', 'ec2:DescribeInstances'),
    roleNeeds: 'ssmmessages:CreateControlChannel',
  },
  {
    ...existing('ssm-command', EC2, 'ssm:SendCommand', 'ec2:DescribeInstances'),
    roleNeeds: 'ssmmessages:CreateControlChannel',
    also: 'ssm:us-east-1::document/AWS-RunShellScript',
  },
];

function pass(
  via: string,
  services: readonly string[],
  permissions: string,
  open: string | null = null,
): PassRoleWay {
  return { via, services, permissions: permissions.split(' '), open, listedBy: null };
}

function passOnExisting(
  via: string,
  services: readonly string[],
  permissions: string,
  listedBy: string,
): PassRoleWay {
  return { ...pass(via, services, permissions), listedBy };
}

function existing(
  via: string,
  services: readonly string[],
  permissions: string,
  listedBy: string,
  open: string | null = null,
): ExistingWay {
  return { via, services, permissions: permissions.split(' '), listedBy, open, roleNeeds: null, also: null };
}
