import type { Call } from '../calls.ts';
import { textOf } from '../parts.ts';
import type { Reply } from '../session.ts';

/** How one kind of workload is read: a list, and for most kinds a call about each element. */
export interface WorkloadList {
  readonly list: Call;
  readonly input: Reply;
  /** The list's name in the reply. */
  readonly items: string;
  /** The call that describes an element: its input, and where in the reply the description is. */
  readonly describe: {
    readonly call: Call;
    readonly input: (item: unknown) => Reply;
    readonly within: string | null;
  } | null;
  readonly kind: string;
  /** The member with the ARN; or how it is made of the name, where the API tells none. */
  readonly arn: string | { readonly service: string; readonly type: string };
  readonly name: string;
  /** The members with roles, by use: see `Holder`. A dot leads into an object. */
  readonly roles: Readonly<Record<string, string>>;
}

const by =
  (key: string, from = key) =>
  (item: unknown) => ({ [key]: typeof item === 'string' ? item : (textOf(item, from) ?? '') });

/** What runs with roles and can be listed service by service; Amazon EC2 and EKS have readers of their own. */
export const WORKLOAD_LISTS: readonly WorkloadList[] = [
  {
    list: 'lambda:ListFunctions',
    input: {},
    items: 'Functions',
    describe: null,
    kind: 'lambda-function',
    arn: 'FunctionArn',
    name: 'FunctionName',
    roles: { '': 'Role' },
  },
  {
    list: 'ecs:ListTaskDefinitionFamilies',
    input: { status: 'ACTIVE' },
    items: 'families',
    describe: { call: 'ecs:DescribeTaskDefinition', input: by('taskDefinition'), within: 'taskDefinition' },
    kind: 'ecs-task-definition',
    arn: 'taskDefinitionArn',
    name: 'family',
    roles: { '': 'taskRoleArn', execution: 'executionRoleArn' },
  },
  {
    list: 'states:ListStateMachines',
    input: {},
    items: 'stateMachines',
    describe: { call: 'states:DescribeStateMachine', input: by('stateMachineArn'), within: null },
    kind: 'state-machine',
    arn: 'stateMachineArn',
    name: 'name',
    roles: { '': 'roleArn' },
  },
  {
    list: 'glue:GetJobs',
    input: {},
    items: 'Jobs',
    describe: null,
    kind: 'glue-job',
    arn: { service: 'glue', type: 'job' },
    name: 'Name',
    roles: { '': 'Role' },
  },
  {
    list: 'glue:GetDevEndpoints',
    input: {},
    items: 'DevEndpoints',
    describe: null,
    kind: 'glue-dev-endpoint',
    arn: { service: 'glue', type: 'devEndpoint' },
    name: 'EndpointName',
    roles: { '': 'RoleArn' },
  },
  {
    list: 'sagemaker:ListNotebookInstances',
    input: {},
    items: 'NotebookInstances',
    describe: { call: 'sagemaker:DescribeNotebookInstance', input: by('NotebookInstanceName'), within: null },
    kind: 'sagemaker-notebook',
    arn: 'NotebookInstanceArn',
    name: 'NotebookInstanceName',
    roles: { '': 'RoleArn' },
  },
  {
    list: 'sagemaker:ListModels',
    input: {},
    items: 'Models',
    describe: { call: 'sagemaker:DescribeModel', input: by('ModelName'), within: null },
    kind: 'sagemaker-model',
    arn: 'ModelArn',
    name: 'ModelName',
    roles: { '': 'ExecutionRoleArn' },
  },
  {
    list: 'sagemaker:ListDomains',
    input: {},
    items: 'Domains',
    describe: { call: 'sagemaker:DescribeDomain', input: by('DomainId'), within: null },
    kind: 'sagemaker-domain',
    arn: 'DomainArn',
    name: 'DomainName',
    roles: { '': 'DefaultUserSettings.ExecutionRole' },
  },
  {
    list: 'apprunner:ListServices',
    input: {},
    items: 'ServiceSummaryList',
    describe: { call: 'apprunner:DescribeService', input: by('ServiceArn'), within: 'Service' },
    kind: 'app-runner-service',
    arn: 'ServiceArn',
    name: 'ServiceName',
    roles: {
      '': 'InstanceConfiguration.InstanceRoleArn',
      access: 'SourceConfiguration.AuthenticationConfiguration.AccessRoleArn',
    },
  },
  {
    list: 'bedrock:ListAgents',
    input: {},
    items: 'agentSummaries',
    describe: { call: 'bedrock:GetAgent', input: by('agentId'), within: 'agent' },
    kind: 'bedrock-agent',
    arn: 'agentArn',
    name: 'agentName',
    roles: { '': 'agentResourceRoleArn' },
  },
  {
    list: 'bedrock-agentcore:ListAgentRuntimes',
    input: {},
    items: 'agentRuntimes',
    describe: { call: 'bedrock-agentcore:GetAgentRuntime', input: by('agentRuntimeId'), within: null },
    kind: 'agentcore-runtime',
    arn: 'agentRuntimeArn',
    name: 'agentRuntimeName',
    roles: { '': 'roleArn' },
  },
  {
    list: 'bedrock-agentcore:ListGateways',
    input: {},
    items: 'items',
    describe: {
      call: 'bedrock-agentcore:GetGateway',
      input: by('gatewayIdentifier', 'gatewayId'),
      within: null,
    },
    kind: 'agentcore-gateway',
    arn: 'gatewayArn',
    name: 'name',
    roles: { '': 'roleArn' },
  },
  {
    list: 'bedrock-agentcore:ListCodeInterpreters',
    input: { type: 'CUSTOM' },
    items: 'codeInterpreterSummaries',
    describe: { call: 'bedrock-agentcore:GetCodeInterpreter', input: by('codeInterpreterId'), within: null },
    kind: 'agentcore-code-interpreter',
    arn: 'codeInterpreterArn',
    name: 'name',
    roles: { '': 'executionRoleArn' },
  },
  {
    list: 'bedrock-agentcore:ListBrowsers',
    input: { type: 'CUSTOM' },
    items: 'browserSummaries',
    describe: { call: 'bedrock-agentcore:GetBrowser', input: by('browserId'), within: null },
    kind: 'agentcore-browser',
    arn: 'browserArn',
    name: 'name',
    roles: { '': 'executionRoleArn' },
  },
];
