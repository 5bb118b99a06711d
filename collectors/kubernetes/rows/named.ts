import { certificatesOf } from './certificates.ts';
import type { AwsAuth } from './aws-auth.ts';
import type { Estate } from './estate.ts';
import { serviceAccountNamed } from './subjects.ts';

/** Users and groups have no objects: what bindings, certificates and aws-auth name is all that is known of them. */
export interface Named {
  readonly users: ReadonlyMap<string, NamedUser>;
  readonly groups: ReadonlySet<string>;
  /** Who is said to be in which group, besides those whom Kubernetes puts there itself; names, not uids. */
  readonly members: readonly { readonly group: string; readonly user: string }[];
}

export interface NamedUser {
  /** Why nobody can say whether it is a person. */
  readonly reason: string;
  /** The principal of AWS that signs in as it, by aws-auth. */
  readonly iamArn: string | null;
}

/** Collects the names. A ServiceAccount's or a node's user name is no user. */
export function namedIn(estate: Estate, awsAuth: AwsAuth): Named {
  const users = new Map<string, NamedUser>();
  const groups = new Set<string>();
  const members: { group: string; user: string }[] = [];

  const name = (user: string, reason: string, iamArn: string | null = null): void => {
    if (serviceAccountNamed(user) === null && !users.has(user)) users.set(user, { reason, iamArn });
  };
  const join = (user: string, names: readonly string[]): void => {
    for (const group of names) {
      groups.add(group);
      members.push({ group, user });
    }
  };

  for (const { user, groups: names, iamArn } of awsAuth.mappings) {
    name(user, `${iamArn} signs in as it, by aws-auth`, iamArn);
    join(user, names);
  }
  for (const { certificate } of certificatesOf(estate)) {
    name(certificate.user, 'a client certificate was issued to it');
    join(certificate.user, certificate.groups);
  }
  const { ClusterRoleBinding, RoleBinding } = estate.objects;
  for (const { body } of [...ClusterRoleBinding.values(), ...RoleBinding.values()]) {
    for (const subject of body.subjects) {
      if (subject.kind === 'User')
        name(subject.name, 'only bindings name it; Kubernetes keeps no user objects');
      else if (subject.kind === 'Group') groups.add(subject.name);
    }
  }
  return { users, groups, members };
}
