/** The tag of an identity that holds the ARM id of its resource, in lower case. */
export const RESOURCE_ID_TAG = 'azure:resource-id';
