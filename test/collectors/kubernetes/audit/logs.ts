/** What a request differs in from a plain one. */
export interface Told {
  readonly user?: string;
  readonly as?: string;
  readonly at?: string;
  readonly verb?: string;
  readonly code?: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const API = 'system:serviceaccount:pay:api';

/** The words of an authorizer that let a request through. */
export function allowedBy(reason: string): Readonly<Record<string, string>> {
  return { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': reason };
}

/** An event as the API server writes it, at level Metadata. */
export function event(told: Told = {}): Readonly<Record<string, unknown>> {
  const { user = API, at = '2026-11-20T10:00:00.123456Z', verb = 'list', code = 200 } = told;
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: '6f2b3c0e',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/pay/pods?limit=500',
    verb,
    user: { username: user, groups: ['system:authenticated'] },
    ...(told.as === undefined ? {} : { impersonatedUser: { username: told.as, groups: [] } }),
    sourceIPs: ['10.0.0.7'],
    userAgent: 'api/1.0',
    objectRef: { resource: 'pods', namespace: 'pay', apiVersion: 'v1' },
    responseStatus: { metadata: {}, code },
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    annotations: told.annotations ?? {},
  };
}

/** JSON lines, as --audit-log-path has them. */
export function lines(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** `aws logs filter-log-events --log-group-name /aws/eks/prod/cluster`. */
export function cloudWatch(...events: readonly unknown[]): unknown {
  const entry = (message: string, logStreamName: string) => ({
    logStreamName,
    timestamp: 1_795_000_000_000,
    message,
    ingestionTime: 1_795_000_000_100,
    eventId: '3',
  });
  const own = events.map((each) => entry(JSON.stringify(each), 'kube-apiserver-audit-0123'));
  return {
    events: [...own, entry('time="2026-11-20" level=info msg="access granted"', 'authenticator-0123')],
    searchedLogStreams: [],
  };
}

/** An entry of `gcloud logging read --format=json`. */
export function google(told: Told & { readonly cluster?: string } = {}): Readonly<Record<string, unknown>> {
  const { user = API, at = '2026-11-20T10:00:00.123456Z', verb = 'list', code = 0 } = told;
  return {
    insertId: 'a1',
    labels: told.annotations ?? {},
    logName: 'projects/shop/logs/cloudaudit.googleapis.com%2Fdata_access',
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      authenticationInfo: {
        principalEmail: user,
        ...(told.as === undefined ? {} : { authoritySelector: told.as }),
      },
      authorizationInfo: [{ granted: code === 0, permission: `io.k8s.core.v1.pods.${verb}` }],
      methodName: `io.k8s.core.v1.pods.${verb}`,
      resourceName: 'core/v1/namespaces/pay/pods',
      serviceName: 'k8s.io',
      status: { code },
    },
    resource: {
      type: 'k8s_cluster',
      labels: { cluster_name: told.cluster ?? 'prod', location: 'europe-west1', project_id: 'shop' },
    },
    timestamp: at,
  };
}

/** A line of what Azure's diagnostic settings write to a storage account. */
export function azure(value: unknown, category = 'kube-audit'): Readonly<Record<string, unknown>> {
  return {
    category,
    operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
    properties: { log: `${JSON.stringify(value)}\n`, pod: 'kube-apiserver-1', stream: 'stdout' },
    resourceId:
      '/SUBSCRIPTIONS/0/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/PROD',
    time: '2026-11-20T10:00:01Z',
  };
}
