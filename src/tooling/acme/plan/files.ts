import { account, binding, role, rule } from '../kubernetes/objects.ts';
import { azJson, yamlDocuments } from '../print.ts';
import { terraformPlan } from './terraform.ts';

/** Changes that somebody proposed and the gate stops: a plan of Terraform, and manifests for prod-eks. By path. */
export function planFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['plan/tfplan.json', azJson(terraformPlan())],
    [
      'plan/manifests/search-rollout.yaml',
      yamlDocuments('Lets the indexer of the search move its own bindings along with its namespaces.', [
        role({ name: 'search-rollout' }, [
          rule('rbac.authorization.k8s.io', 'clusterroles', 'bind'),
          rule('rbac.authorization.k8s.io', 'clusterrolebindings', 'get,list,create,delete'),
        ]),
        binding({ name: 'search-rollout' }, 'ClusterRole/search-rollout', [
          account('shop', 'search-indexer'),
        ]),
      ]),
    ],
  ]);
}
