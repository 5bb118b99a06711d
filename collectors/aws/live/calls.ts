/** The services that are read, by the prefix of their actions: how the client's library and class are called. */
const SERVICES = {
  'access-analyzer': { load: () => import('@aws-sdk/client-accessanalyzer'), client: 'AccessAnalyzerClient' },
  apprunner: { load: () => import('@aws-sdk/client-apprunner'), client: 'AppRunnerClient' },
  bedrock: { load: () => import('@aws-sdk/client-bedrock-agent'), client: 'BedrockAgentClient' },
  'bedrock-agentcore': {
    load: () => import('@aws-sdk/client-bedrock-agentcore-control'),
    client: 'BedrockAgentCoreControlClient',
  },
  cloudformation: { load: () => import('@aws-sdk/client-cloudformation'), client: 'CloudFormationClient' },
  cloudtrail: { load: () => import('@aws-sdk/client-cloudtrail'), client: 'CloudTrailClient' },
  codebuild: { load: () => import('@aws-sdk/client-codebuild'), client: 'CodeBuildClient' },
  ec2: { load: () => import('@aws-sdk/client-ec2'), client: 'EC2Client' },
  ecs: { load: () => import('@aws-sdk/client-ecs'), client: 'ECSClient' },
  eks: { load: () => import('@aws-sdk/client-eks'), client: 'EKSClient' },
  glue: { load: () => import('@aws-sdk/client-glue'), client: 'GlueClient' },
  iam: { load: () => import('@aws-sdk/client-iam'), client: 'IAMClient' },
  identitystore: { load: () => import('@aws-sdk/client-identitystore'), client: 'IdentitystoreClient' },
  kms: { load: () => import('@aws-sdk/client-kms'), client: 'KMSClient' },
  lambda: { load: () => import('@aws-sdk/client-lambda'), client: 'LambdaClient' },
  organizations: { load: () => import('@aws-sdk/client-organizations'), client: 'OrganizationsClient' },
  rolesanywhere: { load: () => import('@aws-sdk/client-rolesanywhere'), client: 'RolesAnywhereClient' },
  s3: { load: () => import('@aws-sdk/client-s3'), client: 'S3Client' },
  sagemaker: { load: () => import('@aws-sdk/client-sagemaker'), client: 'SageMakerClient' },
  secretsmanager: { load: () => import('@aws-sdk/client-secrets-manager'), client: 'SecretsManagerClient' },
  sns: { load: () => import('@aws-sdk/client-sns'), client: 'SNSClient' },
  sqs: { load: () => import('@aws-sdk/client-sqs'), client: 'SQSClient' },
  ssm: { load: () => import('@aws-sdk/client-ssm'), client: 'SSMClient' },
  sso: { load: () => import('@aws-sdk/client-sso-admin'), client: 'SSOAdminClient' },
  states: { load: () => import('@aws-sdk/client-sfn'), client: 'SFNClient' },
  sts: { load: () => import('@aws-sdk/client-sts'), client: 'STSClient' },
} as const;

type Service = keyof typeof SERVICES;

/** `service:Operation`, the service by the prefix of its actions and the operation as the API calls it. */
export type Call = `${Service}:${string}`;

/** A client's library as far as it is used: its classes by name. */
export type Library = Readonly<Record<string, unknown>>;

/** The service of a call, its operation, the name of the client's class, and how to load its library. */
export function operationOf(call: Call): {
  readonly service: Service;
  readonly operation: string;
  readonly client: string;
  readonly load: () => Promise<Library>;
} {
  const [service, operation] = call.split(':');
  if (service === undefined || !isService(service) || operation === undefined || !READS.test(operation)) {
    throw new Error(`${call} is no call that only reads`);
  }
  return { service, operation, ...SERVICES[service] };
}

/** What changes nothing that anybody would miss: reports and jobs are made, keys of a session given out. */
const READS =
  /^(?:List|Get|Describe|BatchGet|Lookup|AssumeRole$|Generate(?:Credential|ServiceLastAccessed))/u;

function isService(name: string): name is Service {
  return Object.hasOwn(SERVICES, name);
}

/** Actions that are not called as the operation that they allow (https://docs.aws.amazon.com/service-authorization/latest/reference/). */
const ACTIONS: Readonly<Record<string, string>> = {
  'access-analyzer:ListFindingsV2': 'access-analyzer:ListFindings',
  'access-analyzer:GetFindingV2': 'access-analyzer:GetFinding',
  's3:ListBuckets': 's3:ListAllMyBuckets',
};

/** The action that a call needs to be allowed; null: it always is. */
export function permissionOf(call: Call): string | null {
  return call === 'sts:GetCallerIdentity' ? null : (ACTIONS[call] ?? call);
}

/** The names of the tokens by which pages are asked for: in the input, and in the reply. */
export function pageTokens(call: Call): { readonly input: string; readonly output: string } {
  const { service } = operationOf(call);
  if (service === 'iam') return { input: 'Marker', output: 'Marker' };
  if (service === 'kms' || service === 'lambda') return { input: 'Marker', output: 'NextMarker' };
  if (service === 's3') return { input: 'ContinuationToken', output: 'ContinuationToken' };
  const name = LOWER_CASE.has(service) ? 'nextToken' : 'NextToken';
  return { input: name, output: name };
}

const LOWER_CASE: ReadonlySet<Service> = new Set<Service>([
  'access-analyzer',
  'bedrock',
  'bedrock-agentcore',
  'codebuild',
  'ecs',
  'eks',
  'rolesanywhere',
  'states',
]);
