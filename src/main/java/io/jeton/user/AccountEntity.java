package io.jeton.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
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
}
