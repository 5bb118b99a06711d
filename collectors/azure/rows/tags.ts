/** The tag of an identity that holds the ARM id of its resource, in lower case. */
export const RESOURCE_ID_TAG = 'azure:resource-id';

/** The tag of a service principal whose application is registered in another customer's tenant: that tenant's id. */
export const HOME_TENANT_TAG = 'azure:home-tenant';
