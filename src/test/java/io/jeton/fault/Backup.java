package io.jeton.fault;

/** A database as it was at one instant, made while it is in use. */
interface Backup {
    /** Puts it in the place of what has become of the database. Whoever is connected is thrown out. */
    void restore() throws Exception;

    /** How one is made of the replicas' database. */
    interface Making {
        Backup of(Replicas replicas) throws Exception;
    }
}
