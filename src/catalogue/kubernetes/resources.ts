/** The resources of one of Kubernetes' own API groups. Subresources belong to their resource. */
interface ResourceGroup {
  readonly group: string;
  readonly namespaced: readonly string[];
  /** Those outside any namespace: a RoleBinding grants nothing on them. */
  readonly cluster: readonly string[];
}

/** Kubernetes' own resources as of 1.36: https://kubernetes.io/docs/reference/kubernetes-api/. */
export const KUBERNETES_RESOURCES: readonly ResourceGroup[] = [
  resources(
    '',
    'bindings configmaps endpoints events limitranges persistentvolumeclaims pods podtemplates replicationcontrollers resourcequotas secrets serviceaccounts services',
    // Users and groups are no objects: they are there to be impersonated.
    'componentstatuses groups namespaces nodes persistentvolumes users',
  ),
  resources(
    'admissionregistration.k8s.io',
    '',
    'mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations',
  ),
  resources('apiextensions.k8s.io', '', 'customresourcedefinitions'),
  resources('apiregistration.k8s.io', '', 'apiservices'),
  resources('apps', 'controllerrevisions daemonsets deployments replicasets statefulsets', ''),
  resources('auditregistration.k8s.io', '', 'auditsinks'),
  resources(
    'authentication.k8s.io',
    'serviceaccounts',
    'groups nodes selfsubjectreviews tokenreviews uids userextras users',
  ),
  resources(
    'authorization.k8s.io',
    'localsubjectaccessreviews',
    'selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews',
  ),
  resources('autoscaling', 'horizontalpodautoscalers', ''),
  resources('batch', 'cronjobs jobs', ''),
  resources(
    'certificates.k8s.io',
    'podcertificaterequests',
    'certificatesigningrequests clustertrustbundles signers',
  ),
  resources('coordination.k8s.io', 'leasecandidates leases', ''),
  resources('custom.metrics.k8s.io', '', ''),
  resources('discovery.k8s.io', 'endpointslices', ''),
  resources('events.k8s.io', 'events', ''),
  resources(
    'extensions',
    'daemonsets deployments ingresses networkpolicies replicasets',
    'podsecuritypolicies',
  ),
  resources('external.metrics.k8s.io', '', ''),
  resources('flowcontrol.apiserver.k8s.io', '', 'flowschemas prioritylevelconfigurations'),
  resources('internal.apiserver.k8s.io', '', 'storageversions'),
  resources('metrics.k8s.io', 'pods', 'nodes'),
  resources('networking.k8s.io', 'ingresses networkpolicies', 'ingressclasses ipaddresses servicecidrs'),
  resources('node.k8s.io', '', 'runtimeclasses'),
  resources('policy', 'poddisruptionbudgets', 'podsecuritypolicies'),
  resources('rbac.authorization.k8s.io', 'rolebindings roles', 'clusterrolebindings clusterroles'),
  resources(
    'resource.k8s.io',
    'resourceclaims resourceclaimtemplates',
    'deviceclasses devicetaintrules resourceslices',
  ),
  resources('scheduling.k8s.io', 'podgroups workloads', 'priorityclasses'),
  resources(
    'storage.k8s.io',
    'csistoragecapacities',
    'csidrivers csinodes storageclasses volumeattachments volumeattributesclasses',
  ),
  resources('storagemigration.k8s.io', '', 'storageversionmigrations'),
];

function resources(group: string, namespaced: string, cluster: string): ResourceGroup {
  const names = (list: string): string[] => list.split(' ').filter((name) => name !== '');
  return { group, namespaced: names(namespaced), cluster: names(cluster) };
}
