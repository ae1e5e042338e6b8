package io.jeton.client;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code client}; lists are space-delimited, as they are on the wire. */
@Entity
@Table(name = "client")
@NullUnmarked
class ClientEntity {
    @Id
    String id;

    String name;
    boolean enabled = true;

    @Column(name = "token_endpoint_auth_method")
    String authMethod;

    @Column(name = "secret_hash")
    String secretHash;

    @Column(name = "grant_types")
    String grantTypes;

    String scope;
    String audience;
    String jwks;

    @Column(name = "jwks_uri")
    String jwksUri;

    @Column(name = "sealed_secret")
    byte[] sealedSecret;

    @Column(name = "former_secret_hash")
    String formerSecretHash;

    @Column(name = "former_sealed_secret")
    byte[] formerSealedSecret;

    @Column(name = "former_secret_until")
    OffsetDateTime formerSecretUntil;

    @Column(name = "answers_for")
    String answersFor = "";

    @Column(name = "dpop_bound")
    boolean dpopBound;

    @Column(name = "certificate_bound")
    boolean certificateBound;

    @Column(name = "certificate_subject_kind")
    String certificateSubjectKind;

    @Column(name = "certificate_subject")
    String certificateSubject;

    @Column(name = "status_list")
    boolean statusList;

    String source;

    /** When its source ceased to declare it. */
    @Column(name = "withdrawn_at")
    OffsetDateTime withdrawnAt;

    @Version
    long version = 1;

    @Column(name = "created_at", insertable = false, updatable = false)
    OffsetDateTime createdAt;

    @Column(name = "updated_at", insertable = false, updatable = false)
    OffsetDateTime updatedAt;

    @Column(name = "access_token_alg")
    String accessTokenAlgorithm;

    @Column(name = "access_token_typ")
    String accessTokenType;

    @Column(name = "id_token_alg")
    String idTokenAlgorithm;

    @Column(name = "access_token_seconds")
    long accessTokenSeconds;

    @Column(name = "refresh_idle_seconds")
    long refreshIdleSeconds;

    @Column(name = "refresh_absolute_seconds")
    long refreshAbsoluteSeconds;

    @Column(name = "retry_window_seconds")
    long retryWindowSeconds;

    @Column(name = "retry_limit")
    int retryLimit;
}
