import { ago, secondsTime } from '../clock.ts';
import { uuid } from '../seed.ts';
import { APPLICATIONS } from './applications.ts';
import { secretId } from './directory.ts';
import { graphPage } from './graph-page.ts';
import { appId, applicationId, principalId } from './tenant.ts';
import { GRAPH_PRINCIPAL } from './vendors.ts';

/** `GET /beta/reports/servicePrincipalSignInActivities`. */
export function signInActivities(): object {
  const value = APPLICATIONS.flatMap(({ name, signedIn }) => {
    if (signedIn === null) return [];
    const last = signIn(signedIn, `sign-in ${name}`);
    const none = { lastSignInDateTime: null, lastSignInRequestId: null };
    return [
      {
        id: uuid(`activity ${name}`).replaceAll('-', ''),
        appId: appId(name),
        delegatedClientSignInActivity: none,
        delegatedResourceSignInActivity: none,
        applicationAuthenticationClientSignInActivity: last,
        applicationAuthenticationResourceSignInActivity: none,
        lastSignInActivity: last,
      },
    ];
  });
  return graphPage('reports/servicePrincipalSignInActivities', value, 'beta');
}

/** `GET /beta/reports/appCredentialSignInActivities`. */
export function credentialActivities(): object {
  const value = APPLICATIONS.flatMap(({ name, secrets = [] }) =>
    secrets.flatMap((secret) =>
      secret.used === null
        ? []
        : [
            {
              id: uuid(`credential activity ${name} ${secret.name}`).replaceAll('-', ''),
              keyId: secretId(name, secret.name),
              keyType: 'clientSecret',
              keyUsage: 'sign',
              appId: appId(name),
              appObjectId: applicationId(name),
              servicePrincipalObjectId: principalId(name),
              resourceId: GRAPH_PRINCIPAL,
              credentialOrigin: 'application',
              expirationDateTime: secondsTime(ago(secret.ends, `secret ${name} ${secret.name}`)),
              signInActivity: signIn(secret.used, `use ${name} ${secret.name}`),
            },
          ],
    ),
  );
  return graphPage('reports/appCredentialSignInActivities', value, 'beta');
}

function signIn(days: number, key: string): object {
  return { lastSignInDateTime: secondsTime(ago(days, key)), lastSignInRequestId: uuid(`request ${key}`) };
}
