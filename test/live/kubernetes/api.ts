import { Agent, request } from 'node:https';
import { stringify } from 'yaml';

/** A client of the test's own, which may write: what is scanned is made with it. */
export interface Api {
  /** One call; gives status and parsed body, whatever the status. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<ApiReply>;
  /** One call that has to go well; gives its body. */
  readonly must: (method: string, path: string, body?: unknown) => Promise<ApiBody>;
  readonly close: () => void;
}

export interface ApiReply {
  readonly status: number;
  readonly body: ApiBody;
}

/** What the tests look at in replies. */
export interface ApiBody {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
  };
  readonly items?: readonly ApiBody[];
  readonly resources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
  readonly rules?: readonly ApiRule[] | null;
  readonly data?: Readonly<Record<string, string>>;
  readonly status?: { readonly allowed?: boolean; readonly reason?: string; readonly token?: string };
}

/** A rule of a role. */
export interface ApiRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** Opens a client for a bearer token. */
export function openApi(url: string, ca: string, token: string): Api {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 32 });
  const call: Api['call'] = (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, body: bodyOf(answer) });
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  const must: Api['must'] = async (method, path, body) => {
    const reply = await call(method, path, body);
    if (reply.status >= 300) {
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body).slice(0, 500)}`);
    }
    return reply.body;
  };
  return { call, must, close: () => agent.destroy() };
}

/** Some endpoints answer with a word: `ok`. */
function bodyOf(text: string): ApiBody {
  // The server's own documentation fixes the form of its objects.
  return text.startsWith('{') ? (JSON.parse(text) as ApiBody) : {};
}

/** A kubeconfig with one context, as text. */
export function kubeconfigText(url: string, ca: string, token: string): string {
  const data = Buffer.from(ca).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'real', cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name: 'user', user: { token } }],
    contexts: [{ name: 'real', context: { cluster: 'real', user: 'user' } }],
    'current-context': 'real',
  });
}
