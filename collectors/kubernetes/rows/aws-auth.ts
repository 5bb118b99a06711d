import { z } from 'zod';
import { observe, type Observation } from '#model/record.ts';
import { awsAccountUid, clusterGroupUid } from '#model/uid.ts';
import { yamlValue } from '../files/yaml-value.ts';
import { AWS_AUTH } from '../objects/config-map.ts';
import { coverageOf, type Estate } from './estate.ts';
import { userUid } from './subjects.ts';

/** An IAM role or user that signs in to an EKS cluster as a user of Kubernetes. */
export interface AwsMapping {
  readonly iamArn: string;
  readonly user: string;
  readonly groups: readonly string[];
}

/** What the aws-auth ConfigMap says. */
export interface AwsAuth {
  readonly mappings: readonly AwsMapping[];
  /** Accounts all of whose principals sign in, each under its own ARN and in no group. */
  readonly accounts: readonly string[];
  readonly problems: readonly string[];
  /** Something to know of that leaves no gap. */
  readonly note: string | null;
}

const NONE: AwsAuth = { mappings: [], accounts: [], problems: [], note: null };

/** Reads aws-auth, where the cluster has one: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html. */
export function readAwsAuth({ objects, facts }: Estate): AwsAuth {
  const data = objects.ConfigMap.get(AWS_AUTH)?.body.data;
  if (data === undefined) return NONE;
  if (facts.authenticationMode === 'API') {
    return { ...NONE, note: 'the cluster does not use it, its authentication mode is API' };
  }
  const problems: string[] = [];
  const entriesOf = (key: 'mapRoles' | 'mapUsers' | 'mapAccounts'): readonly unknown[] => {
    const text = data[key] ?? '';
    const parsed = text.trim() === '' ? { value: [] } : yamlValue(text);
    if ('reason' in parsed) problems.push(`${key}, line ${parsed.line}: ${parsed.reason}`);
    else if (Array.isArray(parsed.value)) return parsed.value;
    else problems.push(`${key}: no list`);
    return [];
  };
  const read = <T>(key: 'mapRoles' | 'mapUsers' | 'mapAccounts', schema: z.ZodType<T>): T[] =>
    entriesOf(key).flatMap((entry, index) => {
      const result = schema.safeParse(entry);
      if (!result.success) problems.push(`${key}: entry ${index + 1} is malformed`);
      return result.success ? [result.data] : [];
    });
  return {
    mappings: [...read('mapRoles', roleEntry), ...read('mapUsers', userEntry)],
    accounts: read('mapAccounts', account),
    problems,
    note: null,
  };
}

/** The trusts that it makes: an IAM principal may become a user of Kubernetes. */
export function* awsAuthRows(estate: Estate, awsAuth: AwsAuth): Generator<Observation> {
  const { cluster, uid, facts } = estate;
  const place = `${estate.objects.ConfigMap.get(AWS_AUTH)?.place ?? ''}: ConfigMap ${AWS_AUTH}`;
  for (const problem of awsAuth.problems) {
    const detail = `${place}: ${problem}`;
    yield observe('coverage', coverageOf(estate, 'trusts', 'import file', 'partial', detail));
  }
  if (awsAuth.note !== null) {
    const detail = `${place}: ${awsAuth.note}`;
    yield observe('coverage', coverageOf(estate, null, 'import file', 'complete', detail));
  }
  const shared = {
    system: 'kubernetes',
    scopeUid: uid,
    mechanism: 'aws-auth',
    external: null,
    // https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html#set-cam: it may be switched off.
    certainty: facts.authenticationMode === null ? 'conditional' : 'certain',
    condition:
      facts.authenticationMode === null ? { authenticationMode: ['CONFIG_MAP', 'API_AND_CONFIG_MAP'] } : null,
  } as const;
  const seen = new Set<string>();
  for (const { iamArn, user, groups } of awsAuth.mappings) {
    const identityUid = userUid(cluster, user);
    const trustUid = `${identityUid}#aws-auth:${iamArn}`;
    if (seen.has(trustUid)) continue;
    seen.add(trustUid);
    const raw = { username: user, groups };
    yield observe('trusts', {
      ...shared,
      uid: trustUid,
      identityUid,
      trusted: iamArn,
      trustedKind: 'identity',
      raw,
    });
  }
  for (const id of new Set(awsAuth.accounts)) {
    const identityUid = clusterGroupUid(cluster, 'system:authenticated');
    const trusted = awsAccountUid(id);
    const trustUid = `${identityUid}#aws-auth:${trusted}`;
    yield observe('trusts', {
      ...shared,
      uid: trustUid,
      identityUid,
      trusted,
      trustedKind: 'account',
      raw: null,
    });
  }
}

const groupNames = z
  .array(z.string())
  .nullish()
  .transform((names) => names ?? []);

const roleEntry = z
  .object({ rolearn: z.string().min(1), username: z.string().nullish(), groups: groupNames })
  .transform(({ rolearn, username, groups }): AwsMapping => mapping(rolearn, username, groups));

const userEntry = z
  .object({ userarn: z.string().min(1), username: z.string().nullish(), groups: groupNames })
  .transform(({ userarn, username, groups }): AwsMapping => mapping(userarn, username, groups));

// Unquoted, YAML takes an account's number for a number, which loses leading zeros.
const account = z
  .union([z.string(), z.number().transform((id) => String(id).padStart(12, '0'))])
  .pipe(z.string().regex(/^\d{12}$/u));

/** Who is given no name has the ARN for one. A name may be a template: `system:node:{{EC2PrivateDNSName}}`. */
function mapping(iamArn: string, username: string | null | undefined, groups: readonly string[]): AwsMapping {
  return { iamArn, user: (username ?? '') === '' ? iamArn : (username ?? iamArn), groups };
}
