import type { Call } from '../calls.ts';
import type { Reply } from '../session.ts';

/** How one kind of workload is read: a list, for most kinds a call about each element, and the members that count. */
export interface WorkloadList {
  readonly kind: string;
  /** The list, and its name in the reply. */
  readonly list: Call;
  readonly items: string;
  readonly input?: Reply;
  /** The call that describes an element; left out: the list tells everything. */
  readonly describe?: Describe;
  /** The member with the ARN; or how it is made of the name, where the API tells none. */
  readonly arn: string | { readonly service: string; readonly type: string };
  readonly name: string;
  /** The member with the role that it runs as, or members with roles by use: see `Holder`. A dot leads into an object. */
  readonly roles: string | Readonly<Record<string, string>>;
}

export interface Describe {
  readonly call: Call;
  /** The member of the input that names the element. */
  readonly by: string;
  /** The member of the element with that name, where it is called otherwise; elements may be names themselves. */
  readonly from?: string;
  /** Where in the reply the description is; left out: it is the reply. */
  readonly within?: string;
}

/** What runs with roles and can be listed service by service; CodeBuild, EC2 and EKS have readers of their own. */
export const WORKLOAD_LISTS: readonly WorkloadList[] = [
  {
    kind: 'lambda-function',
    list: 'lambda:ListFunctions',
    items: 'Functions',
    arn: 'FunctionArn',
    name: 'FunctionName',
    roles: 'Role',
  },
  {
    kind: 'ecs-task-definition',
    list: 'ecs:ListTaskDefinitionFamilies',
    items: 'families',
    input: { status: 'ACTIVE' },
    describe: { call: 'ecs:DescribeTaskDefinition', by: 'taskDefinition', within: 'taskDefinition' },
    arn: 'taskDefinitionArn',
    name: 'family',
    roles: { '': 'taskRoleArn', execution: 'executionRoleArn' },
  },
  {
    kind: 'state-machine',
    list: 'states:ListStateMachines',
    items: 'stateMachines',
    describe: { call: 'states:DescribeStateMachine', by: 'stateMachineArn' },
    arn: 'stateMachineArn',
    name: 'name',
    roles: 'roleArn',
  },
  {
    kind: 'glue-job',
    list: 'glue:GetJobs',
    items: 'Jobs',
    arn: { service: 'glue', type: 'job' },
    name: 'Name',
    roles: 'Role',
  },
  {
    kind: 'glue-dev-endpoint',
    list: 'glue:GetDevEndpoints',
    items: 'DevEndpoints',
    arn: { service: 'glue', type: 'devEndpoint' },
    name: 'EndpointName',
    roles: 'RoleArn',
  },
  {
    kind: 'sagemaker-notebook',
    list: 'sagemaker:ListNotebookInstances',
    items: 'NotebookInstances',
    describe: { call: 'sagemaker:DescribeNotebookInstance', by: 'NotebookInstanceName' },
    arn: 'NotebookInstanceArn',
    name: 'NotebookInstanceName',
    roles: 'RoleArn',
  },
  {
    kind: 'sagemaker-model',
    list: 'sagemaker:ListModels',
    items: 'Models',
    describe: { call: 'sagemaker:DescribeModel', by: 'ModelName' },
    arn: 'ModelArn',
    name: 'ModelName',
    roles: 'ExecutionRoleArn',
  },
  {
    kind: 'sagemaker-domain',
    list: 'sagemaker:ListDomains',
    items: 'Domains',
    describe: { call: 'sagemaker:DescribeDomain', by: 'DomainId' },
    arn: 'DomainArn',
    name: 'DomainName',
    roles: 'DefaultUserSettings.ExecutionRole',
  },
  {
    kind: 'app-runner-service',
    list: 'apprunner:ListServices',
    items: 'ServiceSummaryList',
    describe: { call: 'apprunner:DescribeService', by: 'ServiceArn', within: 'Service' },
    arn: 'ServiceArn',
    name: 'ServiceName',
    roles: {
      '': 'InstanceConfiguration.InstanceRoleArn',
      access: 'SourceConfiguration.AuthenticationConfiguration.AccessRoleArn',
    },
  },
  // With this role it makes what its template says; without one it acts as whoever changes it.
  {
    kind: 'cloudformation-stack',
    list: 'cloudformation:DescribeStacks',
    items: 'Stacks',
    arn: 'StackId',
    name: 'StackName',
    roles: 'RoleARN',
  },
  {
    kind: 'bedrock-agent',
    list: 'bedrock:ListAgents',
    items: 'agentSummaries',
    describe: { call: 'bedrock:GetAgent', by: 'agentId', within: 'agent' },
    arn: 'agentArn',
    name: 'agentName',
    roles: 'agentResourceRoleArn',
  },
  {
    kind: 'agentcore-runtime',
    list: 'bedrock-agentcore:ListAgentRuntimes',
    items: 'agentRuntimes',
    describe: { call: 'bedrock-agentcore:GetAgentRuntime', by: 'agentRuntimeId' },
    arn: 'agentRuntimeArn',
    name: 'agentRuntimeName',
    roles: 'roleArn',
  },
  {
    kind: 'agentcore-gateway',
    list: 'bedrock-agentcore:ListGateways',
    items: 'items',
    describe: { call: 'bedrock-agentcore:GetGateway', by: 'gatewayIdentifier', from: 'gatewayId' },
    arn: 'gatewayArn',
    name: 'name',
    roles: 'roleArn',
  },
  {
    kind: 'agentcore-code-interpreter',
    list: 'bedrock-agentcore:ListCodeInterpreters',
    items: 'codeInterpreterSummaries',
    input: { type: 'CUSTOM' },
    describe: { call: 'bedrock-agentcore:GetCodeInterpreter', by: 'codeInterpreterId' },
    arn: 'codeInterpreterArn',
    name: 'name',
    roles: 'executionRoleArn',
  },
  {
    kind: 'agentcore-browser',
    list: 'bedrock-agentcore:ListBrowsers',
    items: 'browserSummaries',
    input: { type: 'CUSTOM' },
    describe: { call: 'bedrock-agentcore:GetBrowser', by: 'browserId' },
    arn: 'browserArn',
    name: 'name',
    roles: 'executionRoleArn',
  },
];
