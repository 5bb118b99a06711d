import type { Uid } from './system.ts';

/** `aws:<account id>`. */
export function awsAccountUid(accountId: string): Uid {
  return `aws:${accountId}`;
}

/** The scope that holds a cluster's own objects: `k8s:<cluster>`. */
export function clusterUid(cluster: string): Uid {
  return `k8s:${cluster}`;
}

/** `k8s:<cluster>:namespace:<namespace>`. */
export function namespaceUid(cluster: string, namespace: string): Uid {
  return `k8s:${cluster}:namespace:${namespace}`;
}

/** `k8s:<cluster>:serviceaccount:<namespace>/<name>`. */
export function serviceAccountUid(cluster: string, namespace: string, name: string): Uid {
  return `k8s:${cluster}:serviceaccount:${namespace}/${name}`;
}

/** `k8s:<cluster>:user:<name>`, for the users that bindings name. */
export function clusterUserUid(cluster: string, name: string): Uid {
  return `k8s:${cluster}:user:${name}`;
}

/** `k8s:<cluster>:group:<name>`. */
export function clusterGroupUid(cluster: string, name: string): Uid {
  return `k8s:${cluster}:group:${name}`;
}

/** `k8s:<cluster>:clusterrole:<name>` or, with a namespace, `k8s:<cluster>:role:<namespace>/<name>`. */
export function clusterRoleUid(cluster: string, name: string, namespace?: string): Uid {
  return namespace === undefined
    ? `k8s:${cluster}:clusterrole:${name}`
    : `k8s:${cluster}:role:${namespace}/${name}`;
}

/** `k8s:<cluster>:clusterrolebinding:<name>` or `k8s:<cluster>:rolebinding:<namespace>/<name>`. */
export function clusterBindingUid(cluster: string, name: string, namespace?: string): Uid {
  return namespace === undefined
    ? `k8s:${cluster}:clusterrolebinding:${name}`
    : `k8s:${cluster}:rolebinding:${namespace}/${name}`;
}

/** `entra:<tenant>:<kind>:<object id>`, in lower case. */
export function entraUid(tenant: string, kind: string, objectId: string): Uid {
  return `entra:${tenant}:${kind}:${objectId}`.toLowerCase();
}

/** `gcp:serviceAccount:<email>` and the other member forms of Google Cloud, with `gcp:` before them. */
export function gcpMemberUid(member: string): Uid {
  return `gcp:${member}`;
}

/**
 * A node of the becoming graph that stands for full control over a scope: whoever can give themselves everything
 * there becomes it, and it becomes every identity of the scope.
 */
export function adminUid(scopeUid: Uid): Uid {
  return `${scopeUid}:admin`;
}

/**
 * A node of the becoming graph that stands for any one of many (`k8s:prod:namespace:pay` and `serviceaccounts`), so
 * that n identities which can become m others cost n + m edges. Paths are printed without it.
 */
export function waypointUid(scopeUid: Uid, what: string): Uid {
  return `waypoint:${scopeUid}:${what}`;
}

/** Whether a node of the becoming graph is a waypoint. */
export function isWaypoint(uid: Uid): boolean {
  return uid.startsWith('waypoint:');
}

/**
 * A node of the becoming graph for whoever has a token of an OpenID Connect issuer with this subject:
 * `oidc:<issuer>:<subject>`. The issuer stands without `https://`; a `*` or `?` in the subject is a wildcard. The node of
 * a ServiceAccount is that of its cluster's issuer and the subject `system:serviceaccount:<namespace>:<name>`.
 */
export function federatedSubjectUid(issuer: string, subject: string): Uid {
  return `oidc:${issuer.replace(/^https:\/\//u, '')}:${subject}`;
}

/** A node of the becoming graph for whomever a SAML provider of AWS, named by its ARN, vouches for. */
export function samlSubjectUid(providerArn: string): Uid {
  return `saml:${providerArn}`;
}

/** A node of the becoming graph for anybody who has an AWS account, whosever it is. */
export function anyAwsPrincipalUid(): Uid {
  return 'aws:*';
}
