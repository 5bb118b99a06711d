import { gcloudJson } from '../print.ts';
import { pools, providers } from './federation.ts';
import { activities, apiKeys, assets, serviceAccounts } from './listed.ts';
import { folders, ORGANIZATION, ORGANIZATIONS, PROJECTS, projects } from './organization.ts';
import { attachmentPoints, denyPolicies, searchedPolicies } from './policies.ts';
import { roles } from './roles.ts';

/** The exports of the organisation and its projects, by file name. */
export function gcpFiles(): ReadonlyMap<string, string> {
  const { predefined, custom } = roles();
  const organization = ORGANIZATION.replace('/', '_');
  const files: Readonly<Record<string, unknown>> = {
    organizations: ORGANIZATIONS,
    folders: folders(),
    projects: projects(),
    'iam-policies': searchedPolicies(),
    assets: assets(),
    'predefined-roles': predefined,
    'custom-roles': custom,
    [`${organization}.access-boundaries`]: [],
    [`${organization}.boundary-bindings`]: [],
    ...Object.fromEntries(
      attachmentPoints().map((point) => [`${point.replace('/', '_')}.deny-policies`, denyPolicies(point)]),
    ),
    ...Object.fromEntries(
      PROJECTS.flatMap((project) => {
        const name = `projects_${project.id}`;
        return [
          [`${name}.service-accounts`, serviceAccounts(project)],
          [`${name}.activities`, activities(project)],
          [`${name}.api-keys`, apiKeys(project)],
          [`${name}.hmac-keys`, []],
          [`${name}.workload-identity-pools`, pools(project)],
          ...(providers(project).length === 0 ? [] : [[`${name}.providers`, providers(project)]]),
        ];
      }),
    ),
  };
  return new Map(Object.entries(files).map(([name, value]) => [`${name}.json`, gcloudJson(value)]));
}
