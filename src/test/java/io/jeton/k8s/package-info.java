/**
 * What stands in the folder k8s, built by kustomize and read strictly: the types of the API, the posture of the pods, and that
 * everything referred to is there. Each check is shown to refuse.
 */
@org.jspecify.annotations.NullMarked
package io.jeton.k8s;
