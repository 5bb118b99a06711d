import { createServer } from 'node:http';

/** How many roles each account has. */
export const ROLES = 200;
/** How long every answer takes, in milliseconds. */
export const LATENCY = 20;

/** The account's number is in its keys. */
export function keyOf(account: string): string {
  return `AKIA${account}`;
}

// In a process of its own: it must not be the client's work that answers late. GET tells how many calls there were.
if (process.send !== undefined) {
  let calls = 0;
  const server = createServer((request, response) => {
    if (request.url === '/calls') {
      response.end(String(calls));
      return;
    }
    calls++;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const query = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const account = /Credential=AKIA(\d+)/u.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const body = bodyOf(query, account);
      setTimeout(() => response.end(body), LATENCY);
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
}

function bodyOf(query: URLSearchParams, account: string): string {
  const action = query.get('Action');
  if (action === null) return '{}';
  return `<${action}Response><${action}Result>${resultOf(action, query, account)}</${action}Result></${action}Response>`;
}

function resultOf(action: string, query: URLSearchParams, account: string): string {
  switch (action) {
    case 'GetCallerIdentity':
      return `<Account>${account}</Account><Arn>arn:aws:iam::${account}:role/nhi</Arn>`;
    case 'AssumeRole': {
      const member = /::(\d+):/u.exec(query.get('RoleArn') ?? '')?.[1] ?? '';
      return `<Credentials><AccessKeyId>${keyOf(member)}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    }
    case 'GetCredentialReport': {
      const csv = 'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active\n';
      return `<Content>${Buffer.from(csv).toString('base64')}</Content><GeneratedTime>${new Date().toISOString()}</GeneratedTime>`;
    }
    case 'GetAccountAuthorizationDetails':
      return query.get('Filter.member.1') === 'Role'
        ? `<RoleDetailList>${rolesOf(account)}</RoleDetailList>`
        : '';
    case 'GenerateServiceLastAccessedDetails':
      return '<JobId>job</JobId>';
    case 'GetServiceLastAccessedDetails':
      return '<JobStatus>COMPLETED</JobStatus><ServicesLastAccessed/>';
    default:
      return '';
  }
}

function rolesOf(account: string): string {
  const trust = encodeURIComponent(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
  );
  return Array.from(
    { length: ROLES },
    (_, at) =>
      `<member><Path>/</Path><RoleName>role-${at}</RoleName><RoleId>AROA${at}</RoleId><Arn>arn:aws:iam::${account}:role/role-${at}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></member>`,
  ).join('');
}
