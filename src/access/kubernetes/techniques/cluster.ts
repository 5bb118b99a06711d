import { coversName } from '../powers.ts';
import { type Place, type Step, steps } from './step.ts';

const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';
const KUBELET_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';

/**
 * Who asks for a client certificate and approves it themselves signs in under any name, and in any group but
 * system:masters (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing). That
 * somebody signs what is approved is not to be seen.
 */
export function* certificateSteps({ powers, namespace, targets }: Place): Iterable<Step> {
  const create = powers.get('createRequests');
  const approve = powers.get('approveRequests');
  const signers = powers.get('approveSigners');
  if (namespace !== null || create === undefined || approve === undefined || signers === undefined) return;
  // A signer is also named by its domain:
  // https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization.
  const covers = (signer: string) => coversName(signers, signer) || coversName(signers, 'kubernetes.io/*');
  const anybody = [
    ...targets.any('users'),
    ...targets.accounts('serviceaccounts', null, 'any'),
    ...targets.accounts('missing', null, 'any'),
    ...targets.any('groups'),
  ];
  const to = covers(CLIENT_SIGNER) ? anybody : covers(KUBELET_SIGNER) ? targets.any('nodes') : [];
  yield* steps('approve-certificate', to, 'conditional', create, approve, signers);
}

/**
 * Who sets up admission webhooks sees whatever is written, tokens among it, and a mutating one changes it
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks): somebody must write
 * something worth changing.
 */
export function* webhookSteps({ powers, namespace, targets }: Place): Iterable<Step> {
  if (namespace !== null) return;
  const mutating = powers.get('writeMutatingWebhooks');
  if (mutating !== undefined)
    yield* steps('mutating-webhook', [targets.admin(null)], 'conditional', mutating);
  const validating = powers.get('writeValidatingWebhooks');
  if (validating === undefined) return;
  yield* steps('validating-webhook', targets.accounts('tokens', null, 'any'), 'conditional', validating);
}

/** https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html: it puts IAM principals into any group. */
export function* awsAuthSteps({ powers, namespace, targets, world }: Place): Iterable<Step> {
  const change = powers.get('changeConfigMaps');
  if (world.awsAuth === null || change === undefined || !coversName(change, 'aws-auth')) return;
  if (namespace !== null && namespace !== 'kube-system') return;
  yield* steps('change-aws-auth', [targets.admin(null)], world.awsAuth, change);
}
