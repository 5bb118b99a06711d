import { z } from 'zod';
import { readText } from '#collectors/shared/utf8-text.ts';
import type { ImportFile } from '#contract/collector.ts';
import { CollectError } from '#model/errors.ts';
import { yamlValue } from './files/yaml-value.ts';

/** What files say of a cluster itself; null: none of them does. */
export interface ClusterFacts {
  readonly name: string | null;
  /** The server's version, `v1.36.3`. */
  readonly version: string | null;
  /** Who signs ServiceAccount tokens: what clouds know the cluster by. */
  readonly issuer: string | null;
  /** EKS: whether the aws-auth ConfigMap counts (`CONFIG_MAP`, `API_AND_CONFIG_MAP`) or not (`API`). */
  readonly authenticationMode: string | null;
  /** EKS: the cluster's ARN. */
  readonly arn: string | null;
}

export const NO_FACTS: ClusterFacts = {
  name: null,
  version: null,
  issuer: null,
  authenticationMode: null,
  arn: null,
};

const MAX_BYTES = 1024 * 1024;

/** Reads a file of facts; a text says why it cannot be read. Of a kubeconfig only names are looked at. */
export async function readFacts(file: ImportFile, signal: AbortSignal): Promise<ClusterFacts | string> {
  const text = await readText(file.path, MAX_BYTES, signal).catch((error: unknown) => {
    if (error instanceof CollectError) return error;
    throw error;
  });
  if (text instanceof CollectError) return text.message;
  // JSON is YAML.
  const parsed = yamlValue(text);
  if ('reason' in parsed) return `line ${parsed.line}: ${parsed.reason}`;
  const facts = factsSchema.safeParse(parsed.value);
  return facts.success ? facts.data : 'not in the form that kubectl or aws print';
}

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** `aws eks describe-cluster`: https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html. */
const eks = z
  .object({
    cluster: z.object({
      name: z.string().min(1),
      arn: optionalText,
      version: optionalText,
      identity: z.object({ oidc: z.object({ issuer: optionalText }).nullish() }).nullish(),
      accessConfig: z.object({ authenticationMode: optionalText }).nullish(),
    }),
  })
  .transform(({ cluster: { name, arn, version, identity, accessConfig } }): ClusterFacts => ({
    name,
    arn,
    version: version === null ? null : `v${version}`,
    issuer: identity?.oidc?.issuer ?? null,
    authenticationMode: accessConfig?.authenticationMode ?? null,
  }));

/** `kubectl config view`: the cluster of the current context, or the only one. */
const kubeconfig = z
  .object({
    kind: z.literal('Config'),
    'current-context': optionalText,
    contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) })).nullish(),
  })
  .transform((config): ClusterFacts => {
    const contexts = config.contexts ?? [];
    const current = contexts.find(({ name }) => name === config['current-context']);
    const only = contexts.length === 1 ? contexts[0] : undefined;
    const name = (current ?? only)?.context.cluster ?? '';
    // `aws eks update-kubeconfig` calls a cluster by its ARN.
    const [arn, shortName] = /^arn:[^:]+:eks:[^:]*:[^:]*:cluster\/(.+)$/u.exec(name) ?? [];
    return { ...NO_FACTS, name: shortName ?? (name === '' ? null : name), arn: arn ?? null };
  });

/** `kubectl version -o json`. */
const version = z
  .object({ serverVersion: z.object({ gitVersion: z.string() }) })
  .transform(({ serverVersion }): ClusterFacts => ({ ...NO_FACTS, version: serverVersion.gitVersion }));

/**
 * `kubectl get --raw /.well-known/openid-configuration`:
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery.
 */
const openId = z
  .object({ issuer: z.string(), jwks_uri: z.string() })
  .transform(({ issuer }): ClusterFacts => ({ ...NO_FACTS, issuer }));

const factsSchema = z.union([eks, kubeconfig, version, openId]);
