package io.jeton.discovery;

/** An endpoint that announces itself: what it contributes is there, because it is there. */
public interface MetadataContributor {
    void contribute(ProviderMetadata metadata);
}
