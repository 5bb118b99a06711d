import type { Path } from '../given.ts';
import type { Line } from '../screen.ts';
import { paragraph, toned, type Block } from './lines.ts';
import { marksFor } from './marks.ts';

/** Deeper hops stand no further in, so that a long path stays readable. */
const DEEPEST = 6;

/** A path with a step down for each hop: how it is gone, by which permissions, and whom it leads to. */
export function drawPath({ identity, certainty, hops }: Path, block: Block, ascii: boolean): Line[] {
  const { corner } = marksFor(ascii);
  const indent = block.indent ?? 2;
  const sure =
    certainty === 'certain' ? toned('bad', 'certain') : toned('warning', 'possible: a condition decides');
  if (hops.length === 0) return paragraph([toned('strong', identity), ' is an administrator: ', sure], block);
  return [
    ...node(identity, { ...block, indent }),
    ...hops.flatMap(({ to, via, permissions }, at) => {
      const depth = indent + corner.length * Math.min(at, DEEPEST);
      const by = permissions.length === 0 ? '' : ` (${permissions.join(', ')})`;
      return [
        ...paragraph([toned('muted', corner), toned('warning', via), toned('muted', by)], {
          ...block,
          indent: depth,
        }),
        ...node(to, { ...block, indent: depth + corner.length }),
      ];
    }),
    ...paragraph([toned('muted', 'The path is '), sure, toned('muted', '.')], block),
  ];
}

function node(uid: string, block: Block): Line[] {
  const { text, link } = nodeWords(uid);
  return link
    ? paragraph([text], { ...block, link: { screen: 'identity', subject: uid } })
    : paragraph([toned('bad', text)], block);
}

/** What a node of the becoming graph is, in words; only identities have a page. */
export function nodeWords(uid: string): { readonly text: string; readonly link: boolean } {
  const scope = SCOPE_ADMIN.exec(uid)?.[1];
  if (scope !== undefined) return { text: `administrator of ${scope}`, link: false };
  if (uid.startsWith('oidc:'))
    return { text: `whoever has a token of ${uid.slice('oidc:'.length)}`, link: false };
  if (uid.startsWith('saml:'))
    return { text: `whomever ${uid.slice('saml:'.length)} vouches for`, link: false };
  if (uid === 'aws:*') return { text: 'anybody with an AWS account', link: false };
  return { text: uid, link: true };
}

/** `adminUid` of a scope, and not a user or group that is called admin. */
const SCOPE_ADMIN = /^(aws:[^:]+|k8s:[^:]+(?::namespace:[^:]+)?|gcp:[a-z]+\/[^:]+|entra:[^:]+|\/.+):admin$/u;

/** The end of a uid, by which people know it: `role/deploy`, `shop/web`, an e-mail address. */
export function shortName(uid: string): string {
  const { text, link } = nodeWords(uid);
  if (!link) return text;
  return (uid.startsWith('/') ? uid.split('/') : uid.split(':')).findLast((part) => part !== '') ?? uid;
}

/** Text with the nodes that stand for any one of many in words. */
export function withoutWaypoints(text: string): string {
  return text.replaceAll(/\bwaypoint:/gu, 'one of ');
}
