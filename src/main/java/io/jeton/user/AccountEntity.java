package io.jeton.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code account}. */
@Entity
@Table(name = "account")
@NullUnmarked
class AccountEntity {
    @Id
    UUID id;

    String name;

    @Column(name = "password_hash")
    String passwordHash;

    boolean enabled = true;

    /** Space-delimited. */
    String roles = "";

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
}
