/*---
id: cluster-wide-where-namespace-would-do
title: ServiceAccount holds rights in every namespace that a binding could give it in one
category: over-privileged
severity: low
systems: [kubernetes]
needs: [identities, roles, grants]
subjects: [identities, grants]
pass_proved_by: [roles]
params:
  cluster_resources:
    default:
      - nodes
      - namespaces
      - persistentvolumes
      - componentstatuses
      - clusterroles
      - clusterrolebindings
      - storageclasses
      - csidrivers
      - csinodes
      - volumeattachments
      - volumeattributesclasses
      - customresourcedefinitions
      - apiservices
      - mutatingwebhookconfigurations
      - validatingwebhookconfigurations
      - mutatingadmissionpolicies
      - mutatingadmissionpolicybindings
      - validatingadmissionpolicies
      - validatingadmissionpolicybindings
      - priorityclasses
      - runtimeclasses
      - ingressclasses
      - ipaddresses
      - servicecidrs
      - deviceclasses
      - resourceslices
      - flowschemas
      - prioritylevelconfigurations
      - certificatesigningrequests
      - clustertrustbundles
      - tokenreviews
      - subjectaccessreviews
      - selfsubjectaccessreviews
      - selfsubjectrulesreviews
      - selfsubjectreviews
      - storageversions
      - storageversionmigrations
    about: Kinds that belong to no namespace.
  expected:
    default: []
    about: Uids of ServiceAccounts whose work it is to look after every namespace.
identify_by: [identity_uid, subject_uid]
playbook: reduce-role
about: >-
  A ClusterRoleBinding gives a role in every namespace, those of tomorrow too. Judged are ServiceAccounts that hold a role
  by one: where the role names nothing but objects that live in namespaces, the same role by a RoleBinding would give them
  where they are needed, and the binding fails. A role with an object of the cluster, a wildcard or an address of the API
  passes: it needs the cluster, or is the matter of other rules. Kinds that are not Kubernetes' own may belong to
  either, so a role of those makes the answer unknown, as does one that was not understood. Bindings to missing roles, and accounts that the
  provider manages, are left out. The rule cannot see that a controller really works in all namespaces: list it in `expected`.
remedy:
  - See from the audit log in which namespaces the ServiceAccount uses the role.
  - Bind the role in those by a RoleBinding.
  - Remove the ClusterRoleBinding.
examples:
  - name: pods of the whole cluster
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }]
      roles:
        - { uid: 'k8s:c:clusterrole:pods', document: { rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }] } }
      grants:
        - uid: g
          kind: cluster-role-binding
          principal_uid: 'k8s:c:serviceaccount:shop/web'
          role_uid: 'k8s:c:clusterrole:pods'
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', subject_uid: g, status: fail }]
  - name: nodes need the cluster
    given:
      identities: [{ uid: 'k8s:c:serviceaccount:shop/web', kind: service-account }]
      roles:
        - { uid: 'k8s:c:clusterrole:nodes', document: { rules: [{ apiGroups: [''], resources: [nodes], verbs: [get] }] } }
      grants:
        - uid: g
          kind: cluster-role-binding
          principal_uid: 'k8s:c:serviceaccount:shop/web'
          role_uid: 'k8s:c:clusterrole:nodes'
    expect: [{ identity_uid: 'k8s:c:serviceaccount:shop/web', subject_uid: g, status: pass }]
---*/
WITH bound AS (
  SELECT g.uid, g.principal_uid, g.role_uid, g.scope_uid, g.system
  FROM grants g JOIN identities i ON i.uid = g.principal_uid
  WHERE g.system = 'kubernetes' AND g.kind = 'cluster-role-binding'
    AND i.kind = 'service-account' AND i.managed_by = 'customer'
),
documents AS (
  SELECT r.uid, r.name,
    list_distinct(list_transform(r.document ->> '$.rules[*].resources[*]', lambda each: split_part(each, '/', 1))) AS resources,
    list_distinct(r.document ->> '$.rules[*].apiGroups[*]') AS groups,
    r.document ->> '$.rules[*].nonResourceURLs[*]' AS addresses,
    coalesce(json_type(r.document, '$.rules') = 'ARRAY', false) AS understood
  FROM roles r SEMI JOIN bound ON bound.role_uid = r.uid
),
read AS (
  SELECT *,
    len(addresses) > 0 OR list_contains(resources, '*') OR list_has_any(resources, $cluster_resources) AS needs_cluster,
    -- https://kubernetes.io/docs/reference/using-api/#api-groups: others come from extensions.
    list_bool_or(list_transform(groups, lambda each: NOT regexp_matches(each, '^$|^[a-z]+$|\.k8s\.io$'))) AS foreign_groups
  FROM documents
)
SELECT bound.principal_uid AS identity_uid, bound.uid AS subject_uid, bound.system, bound.scope_uid,
  CASE
    WHEN list_contains($expected, bound.principal_uid) OR read.needs_cluster THEN 'pass'
    WHEN NOT read.understood OR read.foreign_groups THEN 'unknown'
    WHEN len(read.resources) = 0 THEN 'pass'
    ELSE 'fail'
  END AS status,
  {
    role: bound.role_uid,
    resources: list_sort(read.resources)[:10],
    api_groups: list_sort(read.groups)[:10],
    own_namespace: regexp_extract(bound.principal_uid, ':serviceaccount:([^/]+)/', 1)
  } AS evidence
FROM bound JOIN read ON read.uid = bound.role_uid
