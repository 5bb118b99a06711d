import { gapIn } from '../gaps.ts';
import { both, type Place, type Step, steps } from './step.ts';

/** Who gets a ServiceAccount's token is that ServiceAccount. */
export function* tokenSteps(place: Place): Iterable<Step> {
  const { powers, namespace, targets, world } = place;
  const accounts = (names: 'any' | ReadonlySet<string>) =>
    targets.accounts('serviceaccounts', namespace, names);

  const createTokens = powers.get('createTokens');
  if (createTokens !== undefined) {
    // https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request
    const certainty = world.admission('CREATE', '', 'serviceaccounts/token');
    yield* steps('token-request', accounts(createTokens.names), certainty, createTokens);
  }
  const readSecrets = powers.get('readSecrets');
  if (readSecrets !== undefined) {
    const { names } = readSecrets;
    yield* steps('read-token-secret', targets.accounts('tokens', namespace, names), 'certain', readSecrets);
    if (gapIn(world.gaps.credentials, namespace ?? '') !== null && names === 'any') {
      // Nobody knows which Secrets hold tokens.
      yield* steps('read-token-secret', accounts('any'), 'conditional', readSecrets);
    }
  }
  const createSecrets = powers.get('createSecrets');
  if (createSecrets === undefined) return;
  const certainty = world.admission('CREATE', '', 'secrets');
  if (readSecrets !== undefined) {
    // The control plane writes a token into a Secret of that type, for any ServiceAccount of the namespace:
    // https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets.
    yield* steps('create-token-secret', accounts('any'), certainty, createSecrets, readSecrets);
  }
  if (namespace === null || namespace === 'kube-system') {
    // https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/: where the API server takes such tokens.
    const groups = [...world.cluster.groups.keys()].filter(isBootstrappers).map(world.groupUid);
    yield* steps('create-bootstrap-token', groups, 'conditional', createSecrets);
  }
}

/** A ServiceAccount that bindings name and that does not exist is whoever makes it and gets a token of it. */
export function* missingAccountSteps({ powers, namespace, targets, world }: Place): Iterable<Step> {
  const createAccounts = powers.get('createAccounts');
  const run = powers.get('createPods') ?? powers.get('createWorkloads') ?? powers.get('createTokens');
  const secrets = powers.has('readSecrets') ? powers.get('createSecrets') : undefined;
  const use = run ?? secrets;
  if (createAccounts === undefined || use === undefined) return;
  const isKnown = gapIn(world.gaps.identities, namespace ?? '') === null;
  const certainty = both(
    isKnown ? 'certain' : 'conditional',
    world.admission('CREATE', '', 'serviceaccounts'),
  );
  yield* steps(
    'create-service-account',
    targets.accounts('missing', namespace, 'any'),
    certainty,
    createAccounts,
    use,
  );
}

function isBootstrappers(group: string): boolean {
  return group === 'system:bootstrappers' || group.startsWith('system:bootstrappers:');
}
