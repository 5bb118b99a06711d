/**
 * Whether whoever makes the request chooses what a condition key (in lower case) says, so that a condition on it keeps
 * nobody out who knows the policy. Keys about where a request comes from or what a resource is are none of these.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function isCallersChoice(lowerKey: string): boolean {
  return CHOSEN.has(lowerKey) || CHOSEN_PREFIXES.some((prefix) => lowerKey.startsWith(prefix));
}

const CHOSEN: ReadonlySet<string> = new Set([
  // A header or the way that the request is sent.
  'aws:referer',
  'aws:securetransport',
  'aws:useragent',
  // The endpoint that it is sent to; a resource in a Region settles it, see `context.ts`.
  'aws:requestedregion',
  'aws:tagkeys',
  // Parameters of the call.
  'cloudformation:resourcetypes',
  'cloudformation:rolearn',
  'cloudformation:templateurl',
  'ec2:instancetype',
  'iam:awsservicename',
  'iam:passedtoservice',
  'iam:policyarn',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  'sts:durationseconds',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:transitivetagkeys',
]);

const CHOSEN_PREFIXES = ['aws:requesttag/', 'kms:encryptioncontext', 's3:x-amz-'];
